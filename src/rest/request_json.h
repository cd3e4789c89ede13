// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include <absl/status/statusor.h>

#include "plan/request.h"
#include "plan/steering.h"
#include "rest/json_writer.h"

namespace focus::core::rest {

/// The body of "start a focus session". Errors name the field as the contract does; what only the
/// service can judge (the engine) is not looked at.
absl::StatusOr<plan::Request> read_start(std::string_view body);

/// The request as a body that `read_start` reads as the same request: every number to its last
/// digit; what was not asked for and has no value is left out.
void write_request(JsonWriter& json, const plan::Request& request);

/// The body of "steer a focus session".
struct SteeringBody {
  plan::Steering steering;
  std::optional<double> at_seconds;
};
absl::StatusOr<SteeringBody> read_steering(std::string_view body);

/// The prompt in the body of "read a prompt". It is held against the rules for one that starts a
/// session.
absl::StatusOr<std::string> read_prompt_body(std::string_view body);

/// The title in the body of "promote a focus segment", which may be empty; "" where there is none.
/// What a title may be is judged where it is given.
absl::StatusOr<std::string> read_title(std::string_view body);

/// An error about a field that the body has in `options` names it as the body does:
/// "options.seed". Errors about other fields stay as they are.
absl::Status as_in_body(absl::Status status);

}  // namespace focus::core::rest
