// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <memory>

#include "session/claim.h"
#include "session/session.h"

namespace focus::core::session {

/// A claim that a worker of the scheduler has taken.
struct InFlight {
  std::shared_ptr<Session> session;
  Claim claim;
  std::uint64_t money_moves = 0;  ///< MoneyWaiters::moves() when it began
};

}  // namespace focus::core::session
