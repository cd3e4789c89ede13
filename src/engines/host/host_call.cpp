// SPDX-License-Identifier: MIT
#include "engines/host/host_call.h"

#include <cxxabi.h>
#include <exception>
#include <new>
#include <utility>

#include "base/guarded.h"
#include "base/pin.h"
#include "base/thread.h"

namespace focus::core::engines {

HostCall::HostCall(std::shared_ptr<HostPlaces> places, const plan::Brief& brief, int attempt) {
  try {
    state_ = std::make_shared<State>(places, brief, attempt);
    thread_ = start_thread([state = state_] { run(*state); });
  } catch (...) {
    places->let_go(places->leave(HostPlaces::Exit::usual));
    throw;
  }
}

HostCall::~HostCall() {
  bool has_ended = false;
  {
    State& state = *state_;
    const MutexLock guard(state.mutex);
    // A thread that goes on to destroy the generator is not joined. The host's destructor may take
    // any time, and it may even close the service whose worker is waiting here, which would be a
    // deadlock.
    has_ended = state.has_returned && !state.lets_go;
    state.is_abandoned = !state.has_returned;
    if (state.is_abandoned) state.places->abandon();
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

/// The thread's function: plays, gives the place back, and reports the return. The place is given
/// back under the state's mutex, so that HostPlaces counts the call as abandoned exactly if the
/// destructor of HostCall saw it running.
void HostCall::run(State& state) {
  struct Return {
    State& state;
    ~Return() {
      std::unique_ptr<HostGenerator> last;
      {
        const MutexLock guard(state.mutex);
        last = state.places->leave(state.is_abandoned ? HostPlaces::Exit::abandoned
                                                      : HostPlaces::Exit::usual);
        state.has_returned = true;
        state.lets_go = last != nullptr;
      }
      state.returned.notify_all();
      state.places->let_go(std::move(last));
    }
  } at_the_end{state};
  generate(state);
}

#ifdef __GLIBCXX__
__attribute__((no_sanitize("null")))  // the first handler catches at a null address
#endif
void HostCall::generate(State& state) {
  try {
    state.result = state.places->generator().generate(state.brief, state.attempt, state.sink);
#ifdef __GLIBCXX__
  } catch (const abi::__forced_unwind&) {
    // The host ends this thread (pthread_exit()), as Python's interpreter does during its shutdown.
    // The unwinding must continue, and the host must not be called again.
    without_throwing([&] { state.result = engine_error("its thread was ended by the host"); });
    state.places->keep_for_ever();
    throw;
#endif
  } catch (const std::bad_alloc&) {
    state.result = out_of_memory("playing a segment");
  } catch (const std::exception& error) {
    state.result = caught("playing a segment", [&] { return engine_error(error.what()); });
  } catch (...) {
    state.result = caught("playing a segment", [] {
      return engine_error("it threw something that is no std::exception");
    });
  }
}

}  // namespace focus::core::engines
