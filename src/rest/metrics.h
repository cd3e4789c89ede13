// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include "rest/context.h"

namespace focus::core::rest {

/// Returns the service's metrics in the Prometheus text format, version 0.0.4.
std::string metrics_text(RestContext& context);

}  // namespace focus::core::rest
