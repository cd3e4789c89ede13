// SPDX-License-Identifier: MIT
#pragma once

#include <span>
#include <string_view>

#include "rest/context.h"

namespace focus::core {

/// One call: which requests are for it, and who may make it.
struct Route {
  enum class Needs {
    nothing,     ///< or a signature, which the call looks at
    membership,  ///< a key that belongs to the organization in the path
    generation   ///< and that may generate
  };

  std::string_view method;   ///< GET, which HEAD counts as, or POST
  std::string_view pattern;  ///< "/v1/music/*/engines": a star is any one part
  Needs needs = Needs::nothing;
  Answer (*answer)(const std::shared_ptr<RestContext>& context, const Call& call);
};

std::span<const Route> all_routes();

}  // namespace focus::core
