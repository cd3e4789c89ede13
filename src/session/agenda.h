// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <unordered_map>
#include <utility>

namespace focus::core::session {

/// Orders the sessions that want segments by when each needs its next one, and sums how much is to
/// be made before a moment. A session that wants nothing costs nothing here; one that wants
/// something costs the logarithm of how many do. Not thread-safe.
class Agenda {
 public:
  /// Who makes it. A copy: the engine itself may go before those who wanted it.
  struct Maker {
    std::string engine;
    double expected_speed = 1.0;  ///< see EngineInfo
    bool is_of_host = false;      ///< whose work keeps no worker from others
    auto operator<=>(const Maker&) const = default;
  };
  /// What one session wants made.
  struct Need {
    double first = 0.0;  ///< when its most urgent segment is needed, in seconds of listening
    double last = 0.0;   ///< when its least urgent one is
    int count = 1;       ///< of segments, spread evenly between the two
    double audio_seconds = 0.0;  ///< of all of them together
    Maker maker;
  };
  struct First {
    std::uint64_t session = 0;
    double needed = 0.0;
  };

  /// The session's need from now on; nothing when it wants nothing.
  void set(std::uint64_t session, const std::optional<Need>& need);
  /// What it wants can not be begun for now: it is not `first` until it is set again.
  void set_aside(std::uint64_t session);
  /// The most urgent session; among equals the one of the lowest number.
  std::optional<First> first() const;
  /// Nothing can be begun.
  bool empty() const { return order_.empty(); }
  /// Of all sessions together, those that were set aside included.
  int wanted_segments() const;

  /// Seconds of audio, by maker, that are wanted before a segment which this session needs at
  /// `needed`. Looks only at what is as urgent.
  std::map<Maker, double> audio_before(std::uint64_t session, double needed) const;

 private:
  /// What is wanted up to a moment, as a line that jumps and turns.
  struct Corner {
    double jump = 0.0;   ///< seconds of audio
    double slope = 0.0;  ///< by how much it changes: seconds of audio per second
    int sessions = 0;    ///< that put it here
  };
  using Line = std::map<double, Corner>;
  using Order = std::set<std::pair<double, std::uint64_t>>;  // when it is needed, by whom

  static double spread(const Need& need) { return need.last - need.first; }
  void draw(const Need& need, int sign);
  double share_before(std::uint64_t session, double needed) const;

  std::unordered_map<std::uint64_t, Need> needs_;
  Order all_;
  Order order_;  // of those that were not set aside
  std::map<Maker, Line> lines_;
};

}  // namespace focus::core::session
