// SPDX-License-Identifier: MIT
#include "session/agenda.h"

#include <algorithm>
#include <iterator>
#include <limits>

namespace focus::core::session {

void Agenda::draw(const Need& need, int sign) {
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
}

void Agenda::set(std::uint64_t session, const std::optional<Need>& need) {
  const auto known = needs_.find(session);
  if (known != needs_.end()) {
    all_.erase({known->second.first, session});
    order_.erase({known->second.first, session});
    draw(known->second, -1);
    if (!need) needs_.erase(known);
  }
  if (!need) return;
  all_.insert({need->first, session});
  order_.insert({need->first, session});
  draw(*need, 1);
  needs_[session] = *need;
}

void Agenda::set_aside(std::uint64_t session) {
  const auto known = needs_.find(session);
  if (known != needs_.end()) order_.erase({known->second.first, session});
}

std::optional<Agenda::First> Agenda::first() const {
  if (order_.empty()) return std::nullopt;
  return First{order_.begin()->second, order_.begin()->first};
}

/// Of those that need something at this very moment, the part that comes before this session:
/// exact where their numbers are evenly spread.
double Agenda::share_before(std::uint64_t session, double needed) const {
  const auto begin = all_.lower_bound({needed, 0});
  auto end = all_.upper_bound({needed, std::numeric_limits<std::uint64_t>::max()});
  if (begin == end) return 0.0;
  const std::uint64_t lowest = begin->second;
  const std::uint64_t highest = std::prev(end)->second;
  const double place = static_cast<double>(std::clamp(session, lowest, highest + 1) - lowest);
  return place / static_cast<double>(highest - lowest + 1);
}

std::map<Agenda::Maker, double> Agenda::audio_before(std::uint64_t session, double needed) const {
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
  // Of its own it is not behind itself.
  const auto own = needs_.find(session);
  if (own != needs_.end() && own->second.first < needed) {
    before[own->second.maker] -= own->second.audio_seconds / own->second.count;
  }
  for (auto& [maker, seconds] : before) seconds = std::max(seconds, 0.0);
  return before;
}

int Agenda::wanted_segments() const {
  int count = 0;
  for (const auto& [session, need] : needs_) count += need.count;
  return count;
}

}  // namespace focus::core::session
