// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <atomic>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/random.h"
#include "drill/soak/ear.h"
#include "player/player.h"
#include "session/service.h"

namespace focus::drill {

/// What one listener has done and found. Other threads may read how long it has listened and
/// whether it has found a fault.
struct Report {
  std::atomic<double> simulated_seconds{0.0};
  std::atomic<bool> has_faults{false};
  std::int64_t callbacks = 0;
  int sessions = 0;
  std::map<std::string, int> actions;
  double worst_click = 0.0;
  double longest_hole = 0.0;
  double worst_place = 0.0;  ///< in frames of the session, between what is told and what was heard
  std::vector<std::string> faults;

  void fault(const std::string& what) {
    if (faults.size() < 20) faults.push_back(what);
    has_faults = true;
  }
  /// Adds what another listener has done and found.
  void add(const Report& other) {
    simulated_seconds.store(simulated_seconds + other.simulated_seconds);
    callbacks += other.callbacks;
    sessions += other.sessions;
    for (const auto& [name, count] : other.actions) actions[name] += count;
    worst_click = std::max(worst_click, other.worst_click);
    longest_hole = std::max(longest_hole, other.longest_hole);
    worst_place = std::max(worst_place, other.worst_place);
    for (const std::string& what : other.faults) fault(what);
  }
};

/// Somebody who listens to one session after the other, on a time that is not the machine's: it is
/// as late as the frames that were pulled. The engine takes none of it: whatever is to be heard
/// next is waited for, so that each hole is the player's own.
///
/// What it does is decided by its random numbers alone.
class Listener {
 public:
  Listener(core::session::Service& service, core::ManualClock& clock, core::Random random,
           Report& report)
      : service_(service), clock_(clock), random_(random), report_(report) {}
  ~Listener() { leave(); }
  Listener(const Listener&) = delete;
  Listener& operator=(const Listener&) = delete;

  /// Listens for some minutes, does something in between, and starts a session where it has none.
  void go_on();

 private:
  void start();
  void leave();
  void play(double seconds);
  void listen(double seconds);
  void pull(double seconds);
  bool settle(double seconds);
  void check();
  void check_end(const core::player::PlayerInfo& info);
  void note(const char* action);
  void told(const absl::Status& status, const char* what);
  void act();
  void seek();
  void skip();
  void land(double seconds);
  void pause();
  void sleep();
  void steer();
  void change_rate();
  int draw_rate();

  core::session::Service& service_;
  core::ManualClock& clock_;
  core::Random random_;
  Report& report_;

  std::optional<core::session::SessionUse> session_;
  std::unique_ptr<core::player::Player> player_;
  std::uint64_t event_ = 0;
  std::string done_;  // the last that was done
  Ear ear_;
  int session_rate_ = 8000;  // low, for speed; the tones of the engine are lower
  int rate_ = 8000;          // of the host
  double since_steer_ = 1e9;
  double careful_ = 0.0;  // seconds for which the host pulls only a little at a time
  // Where the music is, by what was heard; nothing is known between a seek and its landing.
  bool is_tracked_ = false;
  double origin_ = 0.0;
  double heard_ = 0.0;
};

}  // namespace focus::drill
