// SPDX-License-Identifier: MIT
#include "engines/host/host_terms.h"

#include <cmath>

#include "base/error.h"

namespace focus::core::engines {

bool HostTerms::try_again(const absl::Status& status, int attempt) const {
  if (status.ok()) return false;
  switch (fault_of(status)) {
    case Fault::cancelled:
    case Fault::argument:
    case Fault::unsupported:
    case Fault::not_found:
    case Fault::file_missing:
      return false;
    default:
      return attempt <= retries;
  }
}

double HostTerms::delay_after(int attempt) const {
  return std::ldexp(retry_delay_seconds, attempt - 1);
}

}  // namespace focus::core::engines
