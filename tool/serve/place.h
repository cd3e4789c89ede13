// SPDX-License-Identifier: MIT
#pragma once

#include <atomic>

namespace cli {

/// One of a limited number of places, as long as this is there; false where all were taken.
class Place {
 public:
  Place(std::atomic<int>& taken, int most) : taken_(taken), mine_(++taken <= most) {
    if (!mine_) --taken_;
  }
  ~Place() {
    if (mine_) --taken_;
  }
  Place(const Place&) = delete;
  Place& operator=(const Place&) = delete;
  explicit operator bool() const { return mine_; }

 private:
  std::atomic<int>& taken_;
  const bool mine_;
};

}  // namespace cli
