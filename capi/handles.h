// SPDX-License-Identifier: MIT
// The handles that several source files use.
#pragma once

#include <memory>

#include "boundary.h"
#include "session/service.h"

namespace focus::core {

/// The HTTP interface of a service; nullptr in a minimal build, which has none.
class Rest;
std::shared_ptr<Rest> open_rest(const std::shared_ptr<Service>& service);
/// See Rest::let_go_idle().
void let_go_idle(Rest* rest);

}  // namespace focus::core

struct focus_service : focus::core::HandleBase {
  std::shared_ptr<focus::core::Service> service;
  std::shared_ptr<focus::core::Rest> rest;
};

struct focus_session : focus::core::HandleBase {
  explicit focus_session(focus::core::SessionUse opened)
      : use(std::move(opened)), next_event(use.first_event()) {}

  focus::core::SessionUse use;
  std::uint64_t next_event;  // guarded by the event log
};
