// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>

#include "session/session_state.h"
#include "session/wanted.h"

namespace focus::core::session {

/// Who listens to a session, and where. Segments are made ahead of every listener; a bounded store
/// drops what lies behind the hindmost and, where a listener goes elsewhere, what was made for the
/// place that it leaves. Thread-safe, for every thread but the audio thread.
class Audience {
 public:
  explicit Audience(SessionState& state) : state_(state) {}

  /// Adds a listener, at first at segment 0. Returns the listener's number.
  int add(Listeners::Kind kind = Listeners::Kind::offline);
  void move(int listener, const Hearing& hearing);
  /// The listener is on its way to a frame of the session, in or after segment `segment`.
  void send(int listener, int segment, std::int64_t frame);
  void remove(int listener) noexcept;
  /// A remote client has fetched the audio of segment `index`: that is its playhead, unless it was
  /// further already.
  void note_fetched(int index);

 private:
  /// What a bounded store is to drop once the mutex is free: the segments before `before` that are
  /// no newer than claim `epoch`, and those from `from` on (-1: none) that are no newer than
  /// `from_epoch`.
  struct Heard {
    int before = 0;
    std::int64_t epoch = 0;
    int from = -1;
    std::int64_t from_epoch = 0;
  };
  Heard follow_locked() ABSL_EXCLUSIVE_LOCKS_REQUIRED(state_.mutex);
  void forget_ahead_locked(Heard& heard) ABSL_EXCLUSIVE_LOCKS_REQUIRED(state_.mutex);
  void drop(const Heard& heard) ABSL_LOCKS_EXCLUDED(state_.mutex);

  SessionState& state_;
};

/// A listener for as long as it lives.
class Listening {
 public:
  /// `audience` must outlive it.
  Listening(Audience& audience, Listeners::Kind kind)
      : audience_(audience), number_(audience.add(kind)) {}
  ~Listening() { audience_.remove(number_); }
  Listening(const Listening&) = delete;
  Listening& operator=(const Listening&) = delete;

  int number() const { return number_; }

 private:
  Audience& audience_;
  const int number_;
};

}  // namespace focus::core::session
