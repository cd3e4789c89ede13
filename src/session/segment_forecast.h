// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <list>
#include <optional>
#include <vector>

#include "engines/engine.h"
#include "plan/plan.h"
#include "session/agenda.h"
#include "session/forecast.h"
#include "session/in_flight.h"
#include "session/wanted.h"

namespace focus::core::session {

/// When a segment is expected to be ready, in seconds from now, from the measured speed of the
/// engines and all that goes before it. It looks at what the scheduler has: the scheduler's mutex
/// is held for as long as a forecast is used.
class SegmentForecast {
 public:
  /// `now` is in seconds of the steady clock.
  SegmentForecast(const SpeedMeter& speed, const Agenda& agenda,
                  const std::list<InFlight>& in_flight, std::size_t worker_count, double now)
      : speed_(speed),
        agenda_(agenda),
        in_flight_(in_flight),
        worker_count_(worker_count),
        now_(now) {}

  /// Of a segment that is being made; nothing where it is not.
  std::optional<double> of_made(const Session& session, int index) const;
  /// Of a segment that waits in the queue.
  std::optional<double> of_pending(const Session& session, const plan::Plan& plan,
                                   const Pending& piece) const;

 private:
  double seconds_by(const engines::MusicEngine& engine, double audio_seconds) const;
  double seconds_for(const Session& session, const plan::Plan& plan, int index) const;
  double seconds_left(const InFlight& job) const;
  std::vector<double> places(const engines::MusicEngine& engine) const;
  double queued_before(const Session& session, double needed) const;

  const SpeedMeter& speed_;
  const Agenda& agenda_;
  const std::list<InFlight>& in_flight_;
  const std::size_t worker_count_;
  const double now_;
};

}  // namespace focus::core::session
