// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <memory>
#include <optional>

#include <absl/status/status.h>
#include <absl/status/statusor.h>

#include "audio/buffer.h"
#include "mastering/transition.h"
#include "session/session_use.h"

namespace focus::core {

/// A session as one continuous stereo stream at its own rate: segments read one after the other,
/// joined by their transitions. Reads files and measures, so it never runs on an audio thread;
/// which samples come does not depend on the block sizes. One thread at a time.
class Mixdown {
 public:
  explicit Mixdown(SessionUse session);
  ~Mixdown();
  Mixdown(const Mixdown&) = delete;
  Mixdown& operator=(const Mixdown&) = delete;

  /// Whether `read` returns short when a segment is not ready yet, or waits for it.
  enum class Patience { none, until_ready };
  enum class State { playing, waiting, finished };
  struct Block {
    std::int64_t frames = 0;
    State state = State::playing;
  };

  /// Fills `out` (stereo) with what comes next; fewer frames only when waiting or finished. A
  /// session that was ended early is faded out over the overlap that has nothing to overlap with.
  absl::StatusOr<Block> read(AudioView out, Patience patience);

 private:
  /// One segment being played.
  struct Deck {
    int index = 0;
    std::unique_ptr<SegmentReader> reader;
    std::int64_t position = 0;  // the next frame to play
  };
  /// Both sides of a join, and how they are mixed.
  struct Join {
    Deck next;
    AudioBuffer old_tail;
    AudioBuffer new_head;
    Transition transition;
    std::int64_t position = 0;
  };

  absl::StatusOr<Block> mix(AudioView out, Patience patience);
  absl::StatusOr<Session::Readiness> await(int index, Patience patience);
  absl::StatusOr<State> open_first(Patience patience);
  absl::StatusOr<State> begin_join(Patience patience);
  absl::StatusOr<std::int64_t> play_body(AudioView out);
  std::int64_t play_join(AudioView out);
  absl::StatusOr<std::int64_t> play_early_end(AudioView out);
  std::int64_t overlap_frames(int index) const;

  SessionUse session_;
  const int rate_;
  const int listener_;
  std::optional<Deck> deck_;
  std::optional<Join> join_;
  bool ends_early_ = false;
  bool inverted_ = false;  // the polarity of all that is heard now (see Transition::invert_new)
};

}  // namespace focus::core
