// SPDX-License-Identifier: MIT
#pragma once

#include <csignal>
#include <thread>
#include <utility>

namespace focus::core {

/// Blocks the signals of the process on the calling thread for as long as it lives. A thread that
/// is started meanwhile inherits that. Faults of the thread itself (SIGSEGV and its like) stay
/// unblocked, so that the host's handler for crashes still sees them.
class SignalsBlocked {
 public:
  SignalsBlocked();
  ~SignalsBlocked();
  SignalsBlocked(const SignalsBlocked&) = delete;
  SignalsBlocked& operator=(const SignalsBlocked&) = delete;

 private:
#ifndef _WIN32
  sigset_t before_;
#endif
};

/// Starts a thread of the library. Every thread is started here: the host's signal handlers must
/// never run on one, where they would interrupt code that the host does not know. Throws
/// std::system_error where the system starts no further thread, or std::bad_alloc. An exception
/// that leaves `body` ends the process: `body` catches what it calls.
template <typename Body>
std::thread start_thread(Body&& body) {
  const SignalsBlocked blocked;
  return std::thread(std::forward<Body>(body));
}

}  // namespace focus::core
