// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <memory>
#include <optional>

#include <absl/status/status.h>
#include <absl/status/statusor.h>

#include "audio/buffer.h"
#include "player/course.h"
#include "player/mix_policy.h"
#include "player/mix_state.h"
#include "player/music_opener.h"
#include "session/session_use.h"

namespace focus::core::player {

/// A session as one continuous stereo stream at its own rate: segments one after the other, each
/// where the plan has it, joined by their transitions. The samples do not depend on the block
/// sizes.
///
/// Threads: all of it belongs to one thread at a time, the one that mixes. For a live player that
/// is the feeder thread, for an offline one the caller of `render`. It reads files, locks the
/// session, allocates and measures, and so never runs on an audio thread. Only `announce` may be
/// called from any thread.
///
/// Which music is open is a MixState. Opening and joining it is the work of MusicOpener, which
/// leaves the state alone. Where live and offline differ is a MixPolicy. The mixdown owns the
/// position and decides, block by block, what is done next.
///
/// When the session is steered, the music goes on as it is until the change begins, and then
/// crosses over to the newer plan's segment there. A live mixdown treats a segment that is late the
/// same way: it is joined to what is left of the one before.
class Mixdown {
 public:
  /// A live mixdown never waits, and has a segment that it can not read made again. An offline one
  /// waits for segments that are still being made, and returns errors. See MixPolicy.
  Mixdown(session::SessionUse session, session::Listeners::Kind kind);
  Mixdown(const Mixdown&) = delete;
  Mixdown& operator=(const Mixdown&) = delete;

  enum class State { playing, waiting, finished };
  struct Block {
    std::int64_t frames = 0;
    State state = State::playing;
  };

  /// Fills `out` (stereo) with the music that comes next. Fewer frames than `out` has only where
  /// the state is waiting or finished. Where the session was ended early and nothing follows, the
  /// last segment is faded out.
  ///
  /// After an error nothing was given, and the same frames can be asked for again. Where something
  /// is thrown (memory runs out), a live mixdown returns what it had mixed before, as waiting, and
  /// continues from there; an offline one throws it on, as if nothing had been given.
  absl::StatusOr<Block> read(audio::AudioView out);

  /// The frame of the session that `read` gives next.
  std::int64_t position() const { return position_; }
  /// Continues from any frame of the session.
  void seek(std::int64_t frame);

  /// For a live mixdown. Where a change of the session is pending and its first segment is ready:
  /// the first frame, `earliest` or later, where the change can be heard. It may lie before the
  /// position. Only after this has returned a frame is the change taken, by `change_from` or when
  /// the music reaches it.
  std::optional<std::int64_t> change_ready(std::int64_t earliest);
  /// Moves the position back to `frame` and crosses over to the pending change there: the old side
  /// of the join is what was given from `frame` on. `frame` must not lie more than
  /// kRememberedSeconds before the position.
  ///
  /// False, and nothing has changed, where the session was steered again meanwhile. After an
  /// exception the change is still pending.
  absl::StatusOr<bool> change_from(std::int64_t frame);
  static constexpr double kRememberedSeconds = 2.5;

  /// Tells the session that the listener has heard all up to `frame`, and which segment is missing
  /// next. Locks the session.
  void report(std::int64_t frame);
  /// [any-thread] Tells the session where a seek is going to go. Locks the session.
  void announce(std::int64_t frame);
  /// The last segment that can be heard before a pending change is taken.
  int latest_index() const { return course_.last_before_change(); }
  /// The newest plan that the mixdown knows of.
  const plan::Plan& plan() const { return course_.latest(); }

 private:
  absl::Status mix(audio::AudioView out, Block& block);
  void notice_change();
  void break_off(std::int64_t frame);
  bool waits_for(Opening opening) const;
  bool is_near_end() const;

  absl::StatusOr<Opening> open_at_position();
  absl::StatusOr<Opening> join_next(int index, std::int64_t from);
  void take(Sounding joined);
  absl::StatusOr<std::int64_t> produce(audio::AudioView out);

  std::optional<Course::Boundary> next_boundary() const;
  std::int64_t sounding_end() const;
  int oldest_heard(const plan::Plan& plan, std::int64_t frame) const;

  session::SessionUse session_;
  const int rate_;
  const session::Listening listener_;
  const std::unique_ptr<MixPolicy> policy_;
  Course course_;
  MusicOpener opener_;
  MixState state_;
  std::int64_t position_ = 0;
  bool begun_ = false;            // whether any music was given yet
  bool failure_is_told_ = false;  // an event has named the failure that goes on
};

}  // namespace focus::core::player
