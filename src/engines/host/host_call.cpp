// SPDX-License-Identifier: MIT
#include "engines/host/host_call.h"

#include <cxxabi.h>
#include <exception>
#include <utility>

#include "base/pin.h"

namespace focus::core {

HostCall::HostCall(std::shared_ptr<HostDesk> desk, const Brief& brief, int attempt) {
  try {
    state_ = std::make_shared<State>(desk, brief, attempt);
    thread_ = std::thread([state = state_] { run(*state); });
  } catch (...) {
    desk->let_go(desk->leave(HostDesk::Exit::usual));
    throw;
  }
}

HostCall::~HostCall() {
  bool has_ended = false;
  {
    State& state = *state_;
    const MutexLock guard(state.mutex);
    // A call that lets the player go takes as long as the host likes. It may also give back the
    // service that waits here.
    has_ended = state.has_returned && !state.lets_go;
    state.is_abandoned = !state.has_returned;
    if (state.is_abandoned) state.desk->abandon();
  }
  if (has_ended) {
    thread_.join();
    return;
  }
  state_->sink.stop();
  pin_library();
  thread_.detach();
}

bool HostCall::wait(std::chrono::milliseconds timeout) const {
  const auto deadline = std::chrono::steady_clock::now() + timeout;
  State& state = *state_;
  const MutexLock lock(state.mutex);
  while (!state.has_returned && state.returned.wait_until(state.mutex, deadline)) continue;
  return state.has_returned;
}

/// The whole thread: plays, gives up its place, and says that it is back.
void HostCall::run(State& state) {
  struct Return {
    State& state;
    ~Return() {
      std::unique_ptr<HostPlayer> last;
      {
        const MutexLock guard(state.mutex);
        last = state.desk->leave(state.is_abandoned ? HostDesk::Exit::abandoned
                                                    : HostDesk::Exit::usual);
        state.has_returned = true;
        state.lets_go = last != nullptr;
      }
      state.returned.notify_all();
      state.desk->let_go(std::move(last));
    }
  } at_the_end{state};
  play(state);
}

#ifdef __GLIBCXX__
__attribute__((no_sanitize("null")))  // what the first handler catches has no address
#endif
void HostCall::play(State& state) {
  try {
    state.result = state.desk->player().play(state.brief, state.attempt, state.sink);
#ifdef __GLIBCXX__
  } catch (const abi::__forced_unwind&) {
    // The host ends its thread (pthread_exit), as Python's interpreter does while it shuts down:
    // that goes on its way, and the host is not called again.
    state.result = absl::UnknownError("its thread was ended by the host");
    state.desk->keep_for_ever();
    throw;
#endif
  } catch (const std::exception& error) {
    state.result = absl::UnknownError(error.what());
  } catch (...) {
    state.result = absl::UnknownError("it threw something that is no std::exception");
  }
}

}  // namespace focus::core
