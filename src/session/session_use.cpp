// SPDX-License-Identifier: MIT
#include "session/session_use.h"

namespace focus::core::session {

SessionUse::SessionUse(std::shared_ptr<Service> service, std::shared_ptr<Session> session)
    : service_(std::move(service)),
      session_(std::move(session)),
      first_event_(session_->events().now()) {
  session_->add_user();
}
SessionUse::SessionUse(const SessionUse& other) : SessionUse(other.service_, other.session_) {}
SessionUse::~SessionUse() {
  if (session_) session_->remove_user();
}

}  // namespace focus::core::session
