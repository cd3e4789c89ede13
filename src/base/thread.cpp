// SPDX-License-Identifier: MIT
#include "base/thread.h"

namespace focus::core {

#ifdef _WIN32

SignalsBlocked::SignalsBlocked() = default;
SignalsBlocked::~SignalsBlocked() = default;

#else

SignalsBlocked::SignalsBlocked() {
  sigset_t all;
  sigfillset(&all);
  // Raised by the thread itself. Blocked, they would end the process without a word.
  for (const int own : {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGTRAP, SIGABRT, SIGSYS}) {
    sigdelset(&all, own);
  }
  ::pthread_sigmask(SIG_SETMASK, &all, &before_);
}

SignalsBlocked::~SignalsBlocked() { ::pthread_sigmask(SIG_SETMASK, &before_, nullptr); }

#endif

}  // namespace focus::core
