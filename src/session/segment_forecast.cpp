// SPDX-License-Identifier: MIT
#include "session/segment_forecast.h"

#include <algorithm>
#include <cmath>

namespace focus::core::session {
namespace {

/// A segment that takes longer than expected is taken to need this part of the expected time more.
constexpr double kStillNeeded = 0.05;

}  // namespace

std::optional<double> SegmentForecast::of_made(const Session& session, int index) const {
  for (const InFlight& job : in_flight_) {
    if (job.session.get() == &session && job.claim.index == index) return seconds_left(job);
  }
  return std::nullopt;
}

std::optional<double> SegmentForecast::of_pending(const Session& session, const plan::Plan& plan,
                                                  const Pending& piece) const {
  const double before = queued_before(session, piece.needed_in_seconds);
  // As pieces that are about as long as the wanted one, or longer where they are many.
  constexpr double kMostPieces = 64.0;
  const double own = seconds_for(session, plan, piece.index);
  const double pieces = before > 0.0 ? std::clamp(std::round(before / own), 1.0, kMostPieces) : 0.0;
  std::vector<QueuedWork> queue(static_cast<std::size_t>(pieces), {before / pieces, false});
  queue.push_back({own, true});
  return seconds_until_done(places(session.engine()), queue);
}

double SegmentForecast::seconds_by(const engines::MusicEngine& engine, double audio_seconds) const {
  return speed_.seconds_for(engine.info().key, audio_seconds, engine.info().expected_speed);
}

/// By the session's engine, or by its fallback once that has waited long enough.
double SegmentForecast::seconds_for(const Session& session, const plan::Plan& plan,
                                    int index) const {
  const double length = plan.length_seconds(index);
  const double own = seconds_by(session.engine(), length);
  const double patience = session.started_with().fallback_after_seconds;
  const bool waits =
      patience > 0.0 && own > patience && session.work().stand_in_for(session.engine());
  return waits ? patience + seconds_by(session.fallback(), length) : own;
}

double SegmentForecast::seconds_left(const InFlight& job) const {
  if (const double part = job.claim.progress.told(); part > 0.0) {
    const double whole = (now_ - job.claim.since) / part;
    return whole * std::max(kStillNeeded, 1.0 - part);
  }
  const double expected = seconds_for(*job.session, *job.claim.plan, job.claim.index);
  return std::max(kStillNeeded * expected, expected - (now_ - job.claim.since));
}

/// For how long each place at which `engine` could play is still taken. An engine with a limit has
/// places of its own. (A spare worker takes the place of a worker that waits for a host's engine.)
/// Any other engine shares the workers.
std::vector<double> SegmentForecast::places(const engines::MusicEngine& engine) const {
  const auto most = static_cast<std::size_t>(engine.info().concurrency);
  const bool has_own = most > 0;
  const std::size_t own = engine.is_of_host() ? most : std::min(most, worker_count_);
  std::vector<double> places(has_own ? own : worker_count_, 0.0);
  std::size_t taken = 0;
  for (const InFlight& job : in_flight_) {
    const engines::MusicEngine* plays = job.claim.shared->plays.load();
    const bool is_at_host = job.claim.engine.get() == plays && job.claim.engine->is_of_host();
    const bool shares = has_own ? plays == &engine : !is_at_host;
    if (shares && taken < places.size()) places[taken++] = seconds_left(job);
  }
  return places;
}

/// Seconds of work that go before what the session needs at `needed`, at the places it shares.
double SegmentForecast::queued_before(const Session& session, double needed) const {
  const engines::MusicEngine& engine = session.engine();
  double seconds = 0.0;
  for (const auto& [maker, audio] : agenda_.audio_before(session.work().number(), needed)) {
    const bool shares = engine.is_of_host() ? maker.engine == engine.info().key : !maker.is_of_host;
    if (shares) seconds += speed_.seconds_for(maker.engine, audio, maker.expected_speed);
  }
  return seconds;
}

}  // namespace focus::core::session
