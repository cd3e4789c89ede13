// SPDX-License-Identifier: MIT
#pragma once

#include <span>
#include <string_view>

#include "rest/context.h"

namespace focus::core::rest {

/// A call and the requests that it handles. Its permissions follow from the path (a key under /v1/,
/// a signature under /v1/audio/, membership if an organization is named) and from `needs`.
struct Route {
  enum class Capability { none, generate };

  std::string_view method;   ///< "GET", which includes HEAD, "POST" or "DELETE"
  std::string_view pattern;  ///< "/v1/music/*/engines": a star matches any one part
  Capability needs = Capability::none;
  Answer (*answer)(const std::shared_ptr<RestContext>& context, const Call& call);
};

/// Where several patterns match a path, the first one counts.
std::span<const Route> all_routes();

}  // namespace focus::core::rest
