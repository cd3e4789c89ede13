// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <memory>
#include <thread>

#include <absl/status/status.h>

#include "base/mutex.h"
#include "engines/host/host_places.h"
#include "engines/host/host_sink.h"
#include "plan/brief.h"

namespace focus::core::engines {

/// One call of a host's generator, on a thread of its own, held by the worker that waits for it.
/// The thread shares the ownership of everything it uses. If the call has not returned when this
/// object is destroyed, it is abandoned: its thread is detached and may return at any time. Until
/// then it occupies its place. The library is pinned, because the thread runs its code.
class HostCall {
 public:
  /// Begins the call. The caller has taken a place, and the call gives it back. Throws
  /// if there is no memory or no thread for it; the place is then given back too.
  HostCall(std::shared_ptr<HostPlaces> places, const plan::Brief& brief, int attempt);
  ~HostCall();
  HostCall(const HostCall&) = delete;
  HostCall& operator=(const HostCall&) = delete;

  /// Waits up to `timeout` for the call to return. Returns whether it has.
  bool wait(std::chrono::milliseconds timeout) const;
  /// The call's sink. stop() and progress() may be used at any time, everything else only once the
  /// call has returned.
  HostSink& sink() { return state_->sink; }
  /// The generator's result, once the call has returned. An exception of the generator counts as an
  /// error.
  const absl::Status& result() const { return state_->result; }

 private:
  struct State {
    State(std::shared_ptr<HostPlaces> its_places, const plan::Brief& its_brief, int its_attempt)
        : places(std::move(its_places)),
          brief(its_brief),
          attempt(its_attempt),
          sink(brief.frames, brief.sample_rate) {}

    const std::shared_ptr<HostPlaces> places;
    const plan::Brief brief;
    const int attempt;
    HostSink sink;
    absl::Status result;

    Mutex mutex{LockRank::host_call};
    CondVar returned;
    bool has_returned ABSL_GUARDED_BY(mutex) = false;
    bool lets_go ABSL_GUARDED_BY(mutex) = false;  // and goes on to let the generator go
    bool is_abandoned ABSL_GUARDED_BY(mutex) = false;
  };
  static void run(State& state);
  static void generate(State& state);

  std::shared_ptr<State> state_;
  std::thread thread_;
};

}  // namespace focus::core::engines
