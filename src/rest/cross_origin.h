// SPDX-License-Identifier: MIT
// Pages of other origins that ask from a browser (the CORS protocol of the Fetch standard).
#pragma once

#include <optional>
#include <string>
#include <vector>

#include <absl/status/status.h>

#include "rest/http.h"

namespace focus::core::rest {

/// Whether each is an origin, such as "https://app.example.com" or "http://localhost:5173", or "*"
/// for any. The error names the field "allowed_origins".
absl::Status check_origins(const std::vector<std::string>& origins);

/// The answer to a browser that asks whether a page may ask, where the page's origin is allowed. It
/// needs no key: a browser sends none with that question.
std::optional<HttpResponse> answer_preflight(const std::vector<std::string>& allowed,
                                             const HttpRequest& request);

/// Lets the page read the response, where its origin is allowed. Does nothing where none is.
void allow_origin(const std::vector<std::string>& allowed, const HttpRequest& request,
                  HttpResponse& response);

}  // namespace focus::core::rest
