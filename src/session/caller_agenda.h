// SPDX-License-Identifier: MIT
#pragma once

#include <compare>
#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <tuple>
#include <utility>

namespace focus::core::session {

/// The sessions of one caller that want segments, in the order in which they need them, and how
/// much is to be made before a moment. Not thread-safe.
class CallerAgenda {
 public:
  /// The engine that makes the segments. These are copies, since the engine may be removed while
  /// sessions still want segments of it.
  struct Maker {
    std::string engine;
    double expected_speed = 1.0;  ///< see EngineInfo
    bool is_of_host = false;      ///< whose work keeps no worker from others
    auto operator<=>(const Maker&) const = default;
    /// Seconds of work for so much audio, as far as they can be known before.
    double work_for(double audio_seconds) const;
  };
  /// The caller for whom segments are made. Both are empty where the host names none.
  struct Owner {
    std::string organization;
    std::string caller;
    bool operator==(const Owner&) const = default;
  };
  /// What one session wants made.
  struct Need {
    double first = 0.0;  ///< when its most urgent segment is needed, in seconds of listening
    double last = 0.0;   ///< when its least urgent one is
    int count = 1;       ///< of segments, spread evenly between the two
    double audio_seconds = 0.0;  ///< of all of them together
    Maker maker;
    Owner owner;
    bool runs_dry = false;  ///< a live listener is about to miss the first of them
    bool is_heard = false;  ///< a remote listener will miss the first of them next

    /// The cost of one segment, in seconds of work.
    double cost() const;
  };

  void add(std::uint64_t session, const Need& need);
  void remove(std::uint64_t session, const Need& need);
  /// The session's segments can not be begun for now, until the next `add` or `remove`.
  void set_aside(std::uint64_t session, const Need& need);

  bool empty() const { return all_.empty(); }
  /// Nothing can be begun.
  bool is_idle() const { return order_.empty(); }
  /// The most urgent session; among equals the one of the lowest number. Requires !is_idle().
  std::uint64_t first() const { return std::get<2>(*order_.begin()); }

  /// Seconds of audio, by maker, that are wanted before a segment which this session needs at
  /// `needed`. Its cost grows with the number of more urgent sessions only.
  std::map<Maker, double> audio_before(std::uint64_t session, double needed) const;
  /// Of all that is wanted, by maker.
  const std::map<Maker, double>& audio_wanted() const { return wanted_; }

 private:
  /// Audio that is wanted up to a moment, as a piecewise linear function.
  struct Corner {
    double jump = 0.0;   ///< seconds of audio
    double slope = 0.0;  ///< by how much it changes: seconds of audio per second
    int sessions = 0;    ///< that put it here
  };
  using Line = std::map<double, Corner>;
  /// Whether nobody hears it, when it is needed, by whom.
  using Order = std::set<std::tuple<bool, double, std::uint64_t>>;

  void draw(const Need& need, int sign);
  double share_before(std::uint64_t session, double needed) const;

  std::set<std::pair<double, std::uint64_t>> all_;  // when it is needed, by whom
  Order order_;                                     // of those that were not set aside
  std::map<Maker, Line> lines_;
  std::map<Maker, double> wanted_;
  std::map<Maker, int> sessions_;  // that want something of it
};

}  // namespace focus::core::session
