// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include "rest/context.h"

namespace focus::core::rest {

/// Returns the service's metrics in the Prometheus text format, version 0.0.4. What is told of
/// money depends on the caller, who is null where no key was given.
std::string metrics_text(RestContext& context, const Caller* caller);

}  // namespace focus::core::rest
