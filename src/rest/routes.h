// SPDX-License-Identifier: MIT
#pragma once

#include <span>
#include <string_view>

#include "rest/context.h"

namespace focus::core {

/// One call: which requests are for it. Who may make it follows from its path (a key under /v1/, a
/// signature under /v1/audio/, membership where an organization is named), and from what it needs.
struct Route {
  enum class Capability { none, generate };

  std::string_view method;   ///< GET, which HEAD counts as, or POST
  std::string_view pattern;  ///< "/v1/music/*/engines": a star is any one part
  Capability needs = Capability::none;
  Answer (*answer)(const std::shared_ptr<RestContext>& context, const Call& call);
};

std::span<const Route> all_routes();

}  // namespace focus::core
