// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <memory>

#include "session/session.h"

namespace focus::core::session {

class Service;

/// A use of a session: keeps it and its service alive and its work going. Copies are further uses.
class SessionUse {
 public:
  SessionUse(std::shared_ptr<Service> service, std::shared_ptr<Session> session);
  SessionUse(const SessionUse& other);
  SessionUse(SessionUse&& other) noexcept = default;
  SessionUse& operator=(const SessionUse&) = delete;
  SessionUse& operator=(SessionUse&&) = delete;
  ~SessionUse();

  Session& operator*() const { return *session_; }
  Session* operator->() const { return session_.get(); }
  Service& service() const { return *service_; }
  /// A cursor into the session's events that sees all that has happened since this use began.
  std::uint64_t first_event() const { return first_event_; }

 private:
  std::shared_ptr<Service> service_;  // destroyed after the session
  std::shared_ptr<Session> session_;
  std::uint64_t first_event_;
};

}  // namespace focus::core::session
