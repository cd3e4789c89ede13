// SPDX-License-Identifier: MIT
#include "base/cancel.h"

#include "base/error.h"

namespace focus::core {

absl::Status cancelled_error() { return fault_error(Fault::cancelled, "cancelled"); }

}  // namespace focus::core
