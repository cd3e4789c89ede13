// SPDX-License-Identifier: MIT
#include "session/caller_agenda.h"

#include <algorithm>
#include <iterator>
#include <limits>

namespace focus::core::session {
namespace {

/// Bounds of what a segment costs, in seconds of work: an engine may say anything of its speed.
constexpr double kLeastCost = 0.001;
constexpr double kMostCost = 100'000.0;

double spread(const CallerAgenda::Need& need) { return need.last - need.first; }

}  // namespace

double CallerAgenda::Maker::work_for(double audio_seconds) const {
  return expected_speed > 0.0 ? audio_seconds / expected_speed : audio_seconds;
}

double CallerAgenda::Need::cost() const {
  const double work = maker.work_for(audio_seconds / std::max(count, 1));
  return work >= kLeastCost ? std::min(work, kMostCost) : kLeastCost;
}

void CallerAgenda::draw(const Need& need, int sign) {
  Line& line = lines_[need.maker];
  const auto corner = [&](double at, double jump, double slope) {
    Corner& here = line[at];
    here.jump += sign * jump;
    here.slope += sign * slope;
    here.sessions += sign;
    if (here.sessions == 0) line.erase(at);  // and with it what rounding has left
  };
  const double each = need.audio_seconds / need.count;
  const bool is_spread = need.count > 1 && spread(need) > 0.0;
  const double slope = is_spread ? (need.audio_seconds - each) / spread(need) : 0.0;
  corner(need.first, is_spread ? each : need.audio_seconds, slope);
  if (is_spread) corner(need.last, 0.0, -slope);
  if (line.empty()) lines_.erase(need.maker);

  wanted_[need.maker] += sign * need.audio_seconds;
  sessions_[need.maker] += sign;
  if (sessions_[need.maker] == 0) {
    wanted_.erase(need.maker);
    sessions_.erase(need.maker);
  }
}

void CallerAgenda::add(std::uint64_t session, const Need& need) {
  all_.insert({need.first, session});
  order_.insert({!need.is_heard, need.first, session});
  draw(need, 1);
}

void CallerAgenda::remove(std::uint64_t session, const Need& need) {
  all_.erase({need.first, session});
  set_aside(session, need);
  draw(need, -1);
}

void CallerAgenda::set_aside(std::uint64_t session, const Need& need) {
  order_.erase({!need.is_heard, need.first, session});
}

/// Of those that need something at this very moment, the part that comes before this session:
/// exact where their numbers are evenly spread.
double CallerAgenda::share_before(std::uint64_t session, double needed) const {
  const auto begin = all_.lower_bound({needed, 0});
  auto end = all_.upper_bound({needed, std::numeric_limits<std::uint64_t>::max()});
  if (begin == end) return 0.0;
  const std::uint64_t lowest = begin->second;
  const std::uint64_t highest = std::prev(end)->second;
  const double place = static_cast<double>(std::clamp(session, lowest, highest + 1) - lowest);
  return place / static_cast<double>(highest - lowest + 1);
}

std::map<CallerAgenda::Maker, double> CallerAgenda::audio_before(std::uint64_t session,
                                                                 double needed) const {
  const double share = share_before(session, needed);
  std::map<Maker, double> before;
  for (const auto& [maker, line] : lines_) {
    double sum = 0.0;
    double slope = 0.0;
    double at = 0.0;
    for (auto corner = line.begin(); corner != line.end() && corner->first <= needed; ++corner) {
      sum += slope * (corner->first - at);
      slope += corner->second.slope;
      at = corner->first;
      sum += corner->second.jump * (at < needed ? 1.0 : share);
    }
    if (at < needed) sum += slope * (needed - at);
    before[maker] = sum;
  }
  return before;
}

}  // namespace focus::core::session
