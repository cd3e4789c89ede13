// SPDX-License-Identifier: MIT
#include "engines/host/host_terms.h"

#include <cmath>

namespace focus::core {

bool HostTerms::try_again(const absl::Status& status, int attempt) const {
  switch (status.code()) {
    case absl::StatusCode::kOk:
    case absl::StatusCode::kCancelled:
    case absl::StatusCode::kDeadlineExceeded:
    case absl::StatusCode::kInvalidArgument:
    case absl::StatusCode::kUnimplemented:
    case absl::StatusCode::kNotFound:
      return false;
    default:
      return attempt <= retries;
  }
}

double HostTerms::delay_after(int attempt) const {
  return std::ldexp(retry_delay_seconds, attempt - 1);
}

}  // namespace focus::core
