// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <functional>
#include <memory>

#include <absl/status/status.h>

#include "audio/buffer.h"
#include "session/session.h"

namespace focus::core::player {

/// Where a mixdown that is played live and one that is rendered offline differ.
///
///                          live                                offline
///   a segment is pending   plays on without it                 waits for it
///   it can not be opened   has the session make it again       the same, once for each segment
///   it breaks off          has the session make it again       returns the error
///   it will never be made  ends the music before it            the same, or returns the failure
///   what was given         remembers it for a late splice      forgets it
///   an exception           goes on from what was given         passes it on; the caller asks again
///
/// Used by one thread, the one that mixes: the feeder of a live player (never its audio thread), or
/// the thread that renders offline.
class MixPolicy {
 public:
  /// `before_waiting` is called each time the policy is about to wait. `session` must live as long.
  static std::unique_ptr<MixPolicy> create(session::Session& session, session::Listeners::Kind kind,
                                           std::int64_t remembered_frames,
                                           std::function<void()> before_waiting);
  virtual ~MixPolicy() = default;

  /// Whether `wait` returns `pending` only when the session was steered meanwhile.
  virtual bool waits() const = 0;
  /// Whether music that was given before an exception counts as heard.
  virtual bool goes_on_after_exception() const = 0;

  /// How segment `index` stands, after waiting for it where the policy waits.
  virtual session::Readiness wait(int index) = 0;
  /// Segment `index` was opened, but can not be read. OK where the mixdown goes on without it; it
  /// is then made again, unless `is_replaced` (the newer plan does not have it).
  virtual absl::Status lose(int index, const absl::Status& why, bool is_replaced) = 0;
  /// Segment `index` is ready, but can not be opened. OK where it is made again, so that the caller
  /// can wait for it as for any that is not ready.
  virtual absl::Status lose_unopened(int index, const absl::Status& why) = 0;
  /// Segment `index` will never be ready. OK where the music simply ends before it.
  virtual absl::Status fail(int index) = 0;

  /// `given` was given to the listener.
  virtual void remember(audio::ConstAudioView given) = 0;
  /// Fills `out` with what was given from `frames_ago` on. False where nothing is remembered.
  virtual bool recall(std::int64_t frames_ago, audio::AudioView out) const = 0;
};

}  // namespace focus::core::player
