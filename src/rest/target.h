// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace focus::core {

/// The target of a request, taken apart (RFC 3986). Only ever compared with names and numbers:
/// nothing of it becomes a path of a file.
struct Target {
  std::string path;                ///< as it came, without the query
  std::vector<std::string> parts;  ///< between its slashes, percent-decoded
  std::vector<std::pair<std::string, std::string>> query;

  /// The first value of a query parameter.
  std::optional<std::string_view> parameter(std::string_view name) const;
};

/// Nothing where it is no path (also the absolute form "http://host/path" of a proxy's request), or
/// its percent-encoding is broken or hides a control character.
std::optional<Target> parse_target(std::string_view text);

}  // namespace focus::core
