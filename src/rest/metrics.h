// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include "rest/context.h"

namespace focus::core {

/// What the service does, as Prometheus reads it (text format 0.0.4).
std::string metrics_text(RestContext& context);

}  // namespace focus::core
