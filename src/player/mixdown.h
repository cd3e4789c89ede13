// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <memory>
#include <optional>

#include <absl/status/status.h>
#include <absl/status/statusor.h>

#include "audio/buffer.h"
#include "player/course.h"
#include "player/deck.h"
#include "player/recent_audio.h"
#include "session/session_use.h"

namespace focus::core::player {

/// A session as one continuous stereo stream at its own rate: segments read one after the other,
/// each where the plan has it, joined by their transitions. Reads files and measures, so it never
/// runs on an audio thread; which samples come does not depend on the block sizes. One thread at a
/// time.
///
/// When the session is steered, what it plays goes on until the change and is then faded into the
/// first segment of the new plan, whatever it is made of at that moment; likewise, where it does
/// not wait, a segment that is late is joined to what is left of the one before.
class Mixdown {
 public:
  /// A live one never waits, and where it can not read a segment has it made again; an offline one
  /// waits for segments that are still being made, and gives errors to its caller.
  Mixdown(session::SessionUse session, session::Listeners::Kind kind);
  ~Mixdown();
  Mixdown(const Mixdown&) = delete;
  Mixdown& operator=(const Mixdown&) = delete;

  enum class State { playing, waiting, finished };
  struct Block {
    std::int64_t frames = 0;
    State state = State::playing;
  };

  /// Fills `out` (stereo) with what comes next; fewer frames only when waiting or finished. A
  /// session that was ended early is faded out over what has nothing to overlap with. Where
  /// something is thrown (memory runs out), a live one goes on as soon as it can, from what it has
  /// given; an offline one lets it pass, and can be asked again.
  absl::StatusOr<Block> read(audio::AudioView out);

  /// The frame of the session that `read` gives next.
  std::int64_t position() const { return position_; }
  /// Goes on from any frame of the session.
  void seek(std::int64_t frame);

  /// Where the session was steered, and what is to be heard then is ready: the frame, not before
  /// `earliest`, from which on it can be heard. It may lie behind the position. A live one goes on
  /// with what it plays until it was asked this.
  std::optional<std::int64_t> change_ready(std::int64_t earliest);
  /// Joins what was given from `frame` on, as it was given, with the change that is ready, as if
  /// what follows `frame` had not been read. Only within the last kRememberedSeconds.
  /// False, and nothing has changed, where the session was steered again meanwhile. Where something
  /// is thrown the change is still to be taken.
  absl::StatusOr<bool> change_from(std::int64_t frame);
  static constexpr double kRememberedSeconds = 2.5;

  /// Tells the session that all up to `frame` was heard.
  void report(std::int64_t frame);
  /// [any-thread] Tells the session where a seek is going to go.
  void announce(std::int64_t frame);
  /// The last segment that can be heard before a change is taken.
  int latest_index() const { return course_.last_before_change(); }
  /// What is played follows it, or is about to.
  const plan::Plan& plan() const { return course_.latest(); }

 private:
  enum class Opening { opened, pending, never };

  absl::Status mix(audio::AudioView out, Block& block);
  void begin_again(std::int64_t frame);
  void notice_change();
  bool waits_for(Opening opening) const;
  int newest_index() const { return join_ ? join_->next.index : deck_->index; }
  std::optional<Course::Boundary> next_boundary() const;
  absl::StatusOr<Opening> open(int index, Deck& deck);
  absl::StatusOr<Opening> open_at_position();
  absl::StatusOr<Opening> begin_join(int index, std::int64_t from);
  absl::StatusOr<bool> read_head(Join& join, std::int64_t frames);
  absl::Status cue_next();
  absl::StatusOr<std::int64_t> produce(audio::AudioView out);
  absl::StatusOr<std::int64_t> play_body(audio::AudioView out);
  std::int64_t play_join(audio::AudioView out);
  absl::Status mend_seam();
  std::int64_t deck_end() const;
  int oldest_heard(const plan::Plan& plan, std::int64_t frame) const;

  session::SessionUse session_;
  const session::Listeners::Kind kind_;
  const int rate_;
  const int listener_;
  Course course_;
  std::int64_t position_ = 0;
  std::optional<Deck> deck_;
  std::optional<Join> join_;
  Polarities polarities_;
  std::optional<Deck> cued_;   // opened ahead, so that it stays readable
  bool takes_change_ = false;  // a live one takes it only where `change_ready` has said so
  std::optional<std::int64_t> early_end_from_;  // what is heard is faded out to its end
  bool begun_ = false;
  RecentAudio recent_;    // of a live one
  bool failing_ = false;  // and has said so
  bool torn_ = false;     // the segment that was heard had to be made again
};

}  // namespace focus::core::player
