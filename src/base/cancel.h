// SPDX-License-Identifier: MIT
#pragma once

#include <atomic>
#include <memory>

#include <absl/status/status.h>

namespace focus::core {

/// A flag shared by the code that may stop a piece of work and the code that does the work. Long
/// work checks it at least every 10 ms. Copies share the flag. Thread-safe.
class CancelToken {
 public:
  CancelToken() : cancelled_(std::make_shared<std::atomic<bool>>(false)) {}

  void cancel() { cancelled_->store(true, std::memory_order_relaxed); }
  bool cancelled() const { return cancelled_->load(std::memory_order_relaxed); }

 private:
  std::shared_ptr<std::atomic<bool>> cancelled_;
};

/// The error with which cancelled work returns.
absl::Status cancelled_error();

}  // namespace focus::core
