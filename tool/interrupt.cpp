// SPDX-License-Identifier: MIT
#include "interrupt.h"

#include <atomic>
#include <csignal>

namespace cli {
namespace {

// A signal handler may touch nothing but a lock-free atomic.
std::atomic<int> noted{0};
static_assert(std::atomic<int>::is_always_lock_free);

extern "C" void note(int signal) { noted.store(signal, std::memory_order_relaxed); }

}  // namespace

void note_interrupts() {
  std::signal(SIGINT, note);
  std::signal(SIGTERM, note);
#if defined(SIGHUP)
  // Sent when the terminal is closed. A process started with nohup ignores it and goes on.
  if (std::signal(SIGHUP, note) == SIG_IGN) std::signal(SIGHUP, SIG_IGN);
#endif
}

bool interrupted() { return noted.load(std::memory_order_relaxed) != 0; }

int interrupt_exit_code() { return 128 + noted.load(std::memory_order_relaxed); }

}  // namespace cli
