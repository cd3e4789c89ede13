// SPDX-License-Identifier: MIT
#pragma once

#include <string_view>

namespace focus::core {

/// openapi.json, as it stands beside this file: what we speak, as an OpenAPI 3.1 document.
std::string_view openapi_document();

}  // namespace focus::core
