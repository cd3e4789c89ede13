// SPDX-License-Identifier: MIT
// The calls that concern a session.
#pragma once

#include <optional>

#include "rest/context.h"

namespace focus::core::rest {

/// Reads the query parameter `include`; the error names the field.
absl::StatusOr<bool> wants_analysis(const Target& target);

/// Returns the reason why nothing more may be stored for the caller, or nothing.
std::optional<ApiError> bound_on_storing(RestContext& context, const Call& call);

Answer start_session(RestContext& context, const Call& call);
Answer get_session(RestContext& context, const Call& call);
Answer end_session(RestContext& context, const Call& call);
Answer steer_session(RestContext& context, const Call& call);

}  // namespace focus::core::rest
