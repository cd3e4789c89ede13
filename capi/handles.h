// SPDX-License-Identifier: MIT
// The handles that several source files use.
#pragma once

#include <memory>

#include "boundary.h"
#include "session/service.h"

namespace focus::core::rest {
class Rest;
}

namespace focus::core::capi {

/// The HTTP interface of a service; nullptr in a minimal build, which has none.
std::shared_ptr<rest::Rest> open_rest(const std::shared_ptr<session::Service>& service);
/// See Rest::let_go_idle().
void let_go_idle(rest::Rest* rest);

}  // namespace focus::core::capi

struct focus_service : focus::core::capi::HandleBase {
  std::shared_ptr<focus::core::session::Service> service;
  std::shared_ptr<focus::core::rest::Rest> rest;
};

struct focus_session : focus::core::capi::HandleBase {
  explicit focus_session(focus::core::session::SessionUse opened)
      : use(std::move(opened)), next_event(use.first_event()) {}

  focus::core::session::SessionUse use;
  std::uint64_t next_event;  // guarded by the event log
};
