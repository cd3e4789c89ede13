// SPDX-License-Identifier: MIT
#include "base/cancel.h"

namespace focus::core {

absl::Status cancelled_error() { return absl::CancelledError("cancelled"); }

}  // namespace focus::core
