// SPDX-License-Identifier: MIT
#include "rest/late_text.h"

#include <algorithm>
#include <thread>

namespace focus::core::rest {

absl::StatusOr<std::int64_t> LateText::read(char* buffer, std::int64_t capacity,
                                            std::chrono::milliseconds timeout) {
  constexpr std::chrono::milliseconds kLook(10);  // how often to ask for the text
  if (!ready_) ready_ = text_(clock_.steady_seconds() >= until_);
  if (!ready_) {
    std::this_thread::sleep_for(std::min(timeout, kLook));
    return 0;
  }
  if (read_ == ready_->size()) return kEnd;
  return hand_out(*ready_, read_, buffer, capacity);
}

}  // namespace focus::core::rest
