// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace focus::core::rest {

/// The parsed target of a request (RFC 3986). Its parts are only compared with names and read as
/// numbers, and never used as file paths.
struct Target {
  std::string path;                ///< as received, without the query
  std::vector<std::string> parts;  ///< the segments between slashes, percent-decoded
  std::vector<std::pair<std::string, std::string>> query;

  /// Returns the first value of a query parameter.
  std::optional<std::string_view> parameter(std::string_view name) const;
};

/// Returns nothing if the target is not an absolute path (for example the form "http://host/path"
/// of a proxy request), or if its percent-encoding is invalid or contains a control character.
std::optional<Target> parse_target(std::string_view text);

}  // namespace focus::core::rest
