// SPDX-License-Identifier: MIT
#pragma once

#include <string_view>

namespace focus::core::rest {

/// The content of openapi.json, which is in this folder: the description of the HTTP interface as
/// an OpenAPI 3.1 document.
std::string_view openapi_document();

}  // namespace focus::core::rest
