// SPDX-License-Identifier: MIT
#pragma once

#include <atomic>
#include <memory>

namespace focus::core {

/// The progress of a piece of work, from the code that does it to the code that waits for it: 0
/// (also: not known) to 1. Copies share the value. Thread-safe.
class Progress {
 public:
  Progress() : part_(std::make_shared<std::atomic<double>>(0.0)) {}

  void tell(double part) { part_->store(part, std::memory_order_relaxed); }
  double told() const { return part_->load(std::memory_order_relaxed); }

 private:
  std::shared_ptr<std::atomic<double>> part_;
};

}  // namespace focus::core
