// SPDX-License-Identifier: MIT
#include "base/life_line.h"

#include <cerrno>
#include <fcntl.h>
#include <pthread.h>
#include <unistd.h>
#include <utility>

#include "base/error.h"
#include "base/mutex.h"
#include "base/process.h"

namespace focus::core {
namespace {

constexpr int kLowestDescriptor = 10;  // a shell can name one digit alone

ProcessMutex life_mutex;
int life_users ABSL_GUARDED_BY(life_mutex) = 0;
int life_ends[2] ABSL_GUARDED_BY(life_mutex) = {-1, -1};

void close_life_line() ABSL_EXCLUSIVE_LOCKS_REQUIRED(life_mutex) {
  for (int& end : life_ends) {
    if (end >= 0) ::close(std::exchange(end, -1));
  }
}

/// Runs in the child of a fork(). Handlers of children run in the order of their registration, so
/// the mutex is free again: ProcessMutex has registered before.
void leave_life_line() {
  const MutexLock lock(life_mutex);
  close_life_line();
  life_users = 0;
}

/// Moves a descriptor out of the way of those that a child gets by their number.
int moved_up(int descriptor) {
  const int moved = ::fcntl(descriptor, F_DUPFD_CLOEXEC, kLowestDescriptor);
  const int failed = errno;
  ::close(descriptor);
  errno = failed;
  return moved;
}

absl::Status open_life_line() ABSL_EXCLUSIVE_LOCKS_REQUIRED(life_mutex) {
  static const int registered = ::pthread_atfork(nullptr, nullptr, leave_life_line);
  static_cast<void>(registered);
  int ends[2];
#if defined(__linux__)
  if (::pipe2(ends, O_CLOEXEC) != 0) return file_error("/bin/sh", "no pipe to watch with", errno);
#else
  if (::pipe(ends) != 0) return file_error("/bin/sh", "no pipe to watch with", errno);
  for (const int end : ends) ::fcntl(end, F_SETFD, FD_CLOEXEC);
#endif
  for (int i = 0; i < 2; ++i) life_ends[i] = moved_up(ends[i]);
  if (life_ends[0] >= 0 && life_ends[1] >= 0) return absl::OkStatus();
  const int failed = errno;
  close_life_line();
  return file_error("/bin/sh", "no pipe to watch with", failed);
}

}  // namespace

absl::StatusOr<LifeLine> LifeLine::take() {
  fork_generation();  // counts from here on
  const MutexLock lock(life_mutex);
  if (life_users == 0) FOCUS_RETURN_IF_ERROR(open_life_line());
  ++life_users;
  return LifeLine(life_ends[0]);
}

LifeLine::LifeLine(int reading_end) : reading_end_(reading_end), generation_(fork_generation()) {}

LifeLine::LifeLine(LifeLine&& other) noexcept
    : reading_end_(std::exchange(other.reading_end_, -1)), generation_(other.generation_) {}

LifeLine::~LifeLine() {
  if (reading_end_ < 0 || generation_ != fork_generation()) return;
  const MutexLock lock(life_mutex);
  if (--life_users == 0) close_life_line();
}

}  // namespace focus::core
