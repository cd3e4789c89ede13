// SPDX-License-Identifier: MIT
#pragma once

#include <memory>
#include <optional>
#include <utility>

#include "audio/buffer.h"
#include "base/clock.h"
#include "session/payment.h"
#include "session/session.h"

namespace focus::core::session {

/// A segment on its way, as the worker has it that makes it.
struct Job {
  Job(std::shared_ptr<Session> its_session, Claim its_claim, const Clock& its_clock)
      : session(std::move(its_session)),
        claim(std::move(its_claim)),
        payment(session->work().new_payment()),
        clock(its_clock) {
    if (claim.hold != 0) payment.attach(claim.hold, claim.held_micros);
  }

  std::shared_ptr<Session> session;
  const Claim claim;
  Payment payment;
  /// What was made already, where a try has ended after that: the next one only keeps it.
  std::optional<audio::AudioBuffer> made;
  store::SegmentRecord record;
  bool has_paid = false;    ///< an engine has delivered, and what it costs is spent
  bool tries_again = true;  ///< the worker tries again after an error that may pass
  const Clock& clock;       ///< for the engine's patience
};

}  // namespace focus::core::session
