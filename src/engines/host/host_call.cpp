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
    desk->leave(HostDesk::Exit::usual);
    throw;
  }
}

HostCall::~HostCall() {
  bool has_returned = false;
  {
    const std::lock_guard guard(state_->mutex);
    has_returned = state_->has_returned;
    state_->is_abandoned = !has_returned;
    if (!has_returned) state_->desk->abandon();
  }
  // Of a closed desk its thread may be letting the player go, which takes as long as it likes and
  // may give back the service that waits here.
  if (has_returned && !state_->desk->is_closed()) {
    thread_.join();
    return;
  }
  state_->sink.stop();
  pin_library();
  thread_.detach();
}

bool HostCall::wait(std::chrono::milliseconds timeout) const {
  std::unique_lock lock(state_->mutex);
  return state_->returned.wait_for(lock, timeout, [&] { return state_->has_returned; });
}

/// The whole thread: plays, says that it is back, and gives up its place.
void HostCall::run(State& state) {
  struct Return {
    State& state;
    ~Return() {
      bool is_abandoned = false;
      {
        const std::lock_guard guard(state.mutex);
        state.has_returned = true;
        is_abandoned = state.is_abandoned;
      }
      state.returned.notify_all();
      state.desk->leave(is_abandoned ? HostDesk::Exit::abandoned : HostDesk::Exit::usual);
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
