// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <unordered_map>
#include <utility>

#include "session/caller_agenda.h"
#include "session/fair_turns.h"

namespace focus::core::session {

/// Which session is served next. Sessions whose live listener is about to run dry come
/// first, in the order of their deadlines and regardless of their owners. All others are served in
/// turns (see FairTurns): organizations take turns, and within an organization its callers do. So
/// each gets the same amount of work, however many sessions it has. The sessions of one caller are
/// served in the order of their deadlines.
///
/// A session that wants nothing costs nothing here; one that wants something costs the logarithm of
/// how many do. Not thread-safe.
class Agenda {
 public:
  using Maker = CallerAgenda::Maker;
  using Need = CallerAgenda::Need;
  struct First {
    std::uint64_t session = 0;
    double needed = 0.0;
  };

  /// The session's need from now on; nothing when it wants nothing.
  void set(std::uint64_t session, const std::optional<Need>& need);
  /// What it wants can not be begun for now: it is not `first` until it is set again.
  void set_aside(std::uint64_t session);
  /// The session that comes next. The same until something is set, set aside or charged.
  std::optional<First> first();
  /// A segment of the session is being made: its owner's share of the work pays for it. Call it
  /// before the session's next `set`.
  void charge(std::uint64_t session);
  /// Nothing can be begun.
  bool empty() const { return running_dry_.empty() && turns_.empty(); }
  /// Of all sessions together, those that were set aside included.
  int wanted_segments() const { return wanted_segments_; }

  /// Seconds of audio, by maker, that are made before a segment which this session needs at
  /// `needed`: what its caller's sessions need until then and, of what others want, as much as
  /// their turns give them in the meantime.
  std::map<Maker, double> audio_before(std::uint64_t session, double needed) const;

 private:
  struct Organization {
    std::map<std::string, CallerAgenda> callers;  // that want something
    FairTurns turns;                              // of those for whom something can be begun
  };
  using RunningDry = std::set<std::pair<double, std::uint64_t>>;  // when it is needed, by whom

  void remove(std::uint64_t session);
  void take_turns(const std::string& organization, const std::string& caller);
  std::uint64_t first_of(const std::string& organization);

  std::unordered_map<std::uint64_t, Need> needs_;
  std::map<std::string, Organization> organizations_;
  FairTurns turns_;  // of organizations
  RunningDry running_dry_;
  int wanted_segments_ = 0;
};

}  // namespace focus::core::session
