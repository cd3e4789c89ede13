// SPDX-License-Identifier: MIT
#include "store/work_board.h"

#include <absl/strings/str_cat.h>

#include "base/error.h"

namespace focus::core::store {

bool may_take(const ClaimRequest& request, const std::string& node, std::int64_t lease_until) {
  const bool has_ended = lease_until <= request.now;
  return has_ended || (request.take_over && node == request.node);
}

absl::Status claimed_already(int index) {
  return conflict("claim", absl::StrCat("segment ", index, " is being made already"));
}

absl::Status ready_already(int index) {
  return conflict("index", absl::StrCat("segment ", index, " is ready already"));
}

}  // namespace focus::core::store
