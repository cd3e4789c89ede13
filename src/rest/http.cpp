// SPDX-License-Identifier: MIT
#include "rest/http.h"

#include <algorithm>

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

std::int64_t hand_out(std::string_view text, std::size_t& read, char* buffer,
                      std::int64_t capacity) {
  const std::size_t count = std::min(static_cast<std::size_t>(capacity), text.size() - read);
  std::copy_n(text.data() + read, count, buffer);
  read += count;
  return static_cast<std::int64_t>(count);
}

}  // namespace focus::core::rest
