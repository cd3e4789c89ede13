// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include <absl/status/statusor.h>

#include "plan/request.h"

namespace focus::core::store {

/// A request as one text of lines "name=value", only of the fields that it asks for. So a new field
/// needs no change of the schema, and an older build still reads the requests that do not ask for
/// it.
std::string request_text(const plan::Request& request);

/// The request that a text was written of. Fault::unsupported where it asks for a field that this
/// build does not know: a newer one has written it, and it would be played without what it asks
/// for. Fault::bad_data where it can not have been written by the library.
absl::StatusOr<plan::Request> read_request_text(const std::string& text);

}  // namespace focus::core::store
