// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <memory>
#include <thread>

#include <absl/status/status.h>

#include "base/mutex.h"
#include "engines/host/host_desk.h"
#include "engines/host/host_sink.h"
#include "plan/brief.h"

namespace focus::core {

/// One call of a desk's player, on a thread of its own, as the worker that waits for it holds it.
/// The thread co-owns all it uses. A call that is not back when this goes is abandoned: it may come
/// back whenever it likes, keeps its place at the desk until then, and pins the library.
class HostCall {
 public:
  /// Begins the call at a place that was taken, which the call gives back. Throws where there is no
  /// memory or no thread for it; then the place is given back as well.
  HostCall(std::shared_ptr<HostDesk> desk, const Brief& brief, int attempt);
  ~HostCall();
  HostCall(const HostCall&) = delete;
  HostCall& operator=(const HostCall&) = delete;

  /// Whether it has returned, waiting for that up to `timeout`.
  bool wait(std::chrono::milliseconds timeout) const;
  /// Its sink: to be stopped and asked for its progress at any time, the rest once it has returned.
  HostSink& sink() { return state_->sink; }
  /// What it has returned, once it has; what it threw counts as an error.
  const absl::Status& result() const { return state_->result; }

 private:
  struct State {
    State(std::shared_ptr<HostDesk> its_desk, const Brief& its_brief, int its_attempt)
        : desk(std::move(its_desk)),
          brief(its_brief),
          attempt(its_attempt),
          sink(brief.frames, brief.sample_rate) {}

    const std::shared_ptr<HostDesk> desk;
    const Brief brief;
    const int attempt;
    HostSink sink;
    absl::Status result;

    Mutex mutex{LockRank::host_call};
    CondVar returned;
    bool has_returned ABSL_GUARDED_BY(mutex) = false;
    bool lets_go ABSL_GUARDED_BY(mutex) = false;  // and goes on to let the player go
    bool is_abandoned ABSL_GUARDED_BY(mutex) = false;
  };
  static void run(State& state);
  static void play(State& state);

  std::shared_ptr<State> state_;
  std::thread thread_;
};

}  // namespace focus::core
