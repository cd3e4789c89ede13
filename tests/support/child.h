// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <signal.h>
#include <stdexcept>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

namespace focus::test {

/// Runs `work` in a forked child, whose exit status is what it returns.
template <typename Work>
pid_t begin_child(Work work) {
  const pid_t child = ::fork();
  if (child < 0) throw std::runtime_error("fork failed");
  if (child == 0) ::_exit(work());
  return child;
}

/// The exit status of a child, once it has ended; -1 where a signal has ended it.
inline int end_of_child(pid_t child) {
  int status = 0;
  if (::waitpid(child, &status, 0) != child) throw std::runtime_error("waitpid failed");
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

/// Kills a child in the middle of its work. False where it had ended by itself.
template <typename Work>
bool is_killed_at_work(std::chrono::milliseconds after, Work work) {
  const pid_t child = begin_child(work);
  std::this_thread::sleep_for(after);
  ::kill(child, SIGKILL);
  return end_of_child(child) < 0;
}

}  // namespace focus::test
