// SPDX-License-Identifier: MIT
#pragma once

#include <string>

namespace cli {

/// Now, as RFC 3339 writes it: "2026-06-28T10:30:00Z".
std::string utc_time();

/// Now, as HTTP writes it: "Sun, 28 Jun 2026 10:30:00 GMT".
std::string http_date();

}  // namespace cli
