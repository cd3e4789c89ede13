// SPDX-License-Identifier: MIT
#pragma once

#include <absl/status/statusor.h>

namespace focus::core {

/// A pipe into which nobody writes. This process alone holds its writing end, so the reading end
/// reports the end of file when the process ends, however it ends: a watcher in another process
/// that reads it learns that this one is gone.
///
/// All LifeLines of a process share one pipe, which is closed with the last of them. A child that
/// is made with fork() does not keep the writing end open: it is closed there at once. Thread-safe.
class LifeLine {
 public:
  static absl::StatusOr<LifeLine> take();
  ~LifeLine();
  LifeLine(LifeLine&& other) noexcept;
  LifeLine& operator=(LifeLine&&) = delete;

  /// The end to read from, close-on-exec and above descriptor 9. Open as long as this lives.
  int reading_end() const { return reading_end_; }

 private:
  explicit LifeLine(int reading_end);

  int reading_end_;  // -1 after a move
  unsigned generation_;
};

}  // namespace focus::core
