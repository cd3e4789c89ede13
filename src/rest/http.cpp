// SPDX-License-Identifier: MIT
#include "rest/http.h"

#include <absl/strings/ascii.h>
#include <absl/strings/match.h>
#include <absl/strings/string_view.h>

namespace focus::core::rest {

std::optional<std::string_view> HttpRequest::header(std::string_view name) const {
  const absl::string_view wanted(name.data(), name.size());
  for (const auto& [given, value] : headers) {
    if (!absl::EqualsIgnoreCase({given.data(), given.size()}, wanted)) continue;
    const absl::string_view bare = absl::StripAsciiWhitespace({value.data(), value.size()});
    return std::string_view(bare.data(), bare.size());
  }
  return std::nullopt;
}

}  // namespace focus::core::rest
