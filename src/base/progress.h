// SPDX-License-Identifier: MIT
#pragma once

#include <atomic>
#include <memory>

namespace focus::core {

/// How far a piece of work is, from whoever does it to whoever waits for it: 0 (not known) to 1.
/// Copies share it; thread-safe.
class Progress {
 public:
  Progress() : part_(std::make_shared<std::atomic<double>>(0.0)) {}

  void tell(double part) { part_->store(part, std::memory_order_relaxed); }
  double told() const { return part_->load(std::memory_order_relaxed); }

 private:
  std::shared_ptr<std::atomic<double>> part_;
};

}  // namespace focus::core
