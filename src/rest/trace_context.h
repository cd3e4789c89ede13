// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string_view>

#include "rest/http.h"

namespace focus::core::rest {

/// The trace id in the request's header `traceparent` (W3C Trace Context), 32 hexadecimal digits;
/// nothing where there is none, or the header is invalid.
std::optional<std::string_view> trace_id_of(const HttpRequest& request);

}  // namespace focus::core::rest
