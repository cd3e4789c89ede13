// SPDX-License-Identifier: MIT
#include "base/file_signals.h"

#if !defined(_WIN32)
#include <cerrno>
#include <ctime>
#include <pthread.h>
#endif

namespace focus::core {

#if defined(_WIN32)

FileSignals::FileSignals() = default;
FileSignals::~FileSignals() = default;

#else

namespace {

constexpr int kFileSignals[] = {SIGXFSZ, SIGPIPE};

/// Takes away one pending signal of `set`. False if there is none.
bool take_pending(const sigset_t& set) {
#if defined(__APPLE__)
  sigset_t pending;
  sigpending(&pending);
  for (const int signal : kFileSignals) {
    if (sigismember(&set, signal) != 1 || sigismember(&pending, signal) != 1) continue;
    int taken = 0;
    return sigwait(&set, &taken) == 0;
  }
  return false;
#else
  const timespec at_once = {0, 0};
  int taken = 0;
  do {
    taken = sigtimedwait(&set, nullptr, &at_once);
  } while (taken < 0 && errno == EINTR);
  return taken > 0;
#endif
}

}  // namespace

FileSignals::FileSignals() {
  sigset_t pending;
  sigset_t block;
  sigemptyset(&pending);
  sigpending(&pending);
  sigemptyset(&block);
  for (const int signal : kFileSignals) sigaddset(&block, signal);
  pthread_sigmask(SIG_BLOCK, &block, &before_);
  sigemptyset(&ours_);
  for (const int signal : kFileSignals) {
    if (sigismember(&before_, signal) == 0 && sigismember(&pending, signal) == 0) {
      sigaddset(&ours_, signal);
    }
  }
}

FileSignals::~FileSignals() {
  const int error_number = errno;
  while (take_pending(ours_)) {
  }
  pthread_sigmask(SIG_SETMASK, &before_, nullptr);
  errno = error_number;
}

#endif

}  // namespace focus::core
