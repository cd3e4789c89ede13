// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <cmath>
#include <thread>
#include <vector>

#include "player/live_source.h"
#include "player/player_fixture.h"

namespace focus::test {

/// A sound card that does not keep time: pulls blocks, remembers all it was given.
class Card {
 public:
  /// `speed`: so many times faster than real time, about.
  explicit Card(core::LiveSource& source, double speed = 25.0, int sample_rate = 48000)
      : source_(source), pause_(256.0 / sample_rate / speed) {}

  /// Returns the newest `blocks` blocks.
  std::vector<float> pull(int blocks) {
    const std::size_t before = heard_.size();
    for (int i = 0; i < blocks; ++i) {
      float block[2 * 256];
      REQUIRE(source_.pull(block, 256).ok());
      heard_.insert(heard_.end(), std::begin(block), std::end(block));
      std::this_thread::sleep_for(pause_);
    }
    return {heard_.begin() + static_cast<std::ptrdiff_t>(before), heard_.end()};
  }
  bool pull_until(core::PlayerState state) {
    return pull_until([&] { return source_.state() == state; });
  }
  /// False when that takes longer than any test should.
  template <typename Condition>
  bool pull_until(Condition condition) {
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(120);
    while (!condition()) {
      if (std::chrono::steady_clock::now() > deadline) return false;
      pull(1);
    }
    return true;
  }
  const std::vector<float>& heard() const { return heard_; }

 private:
  core::LiveSource& source_;
  std::chrono::duration<double> pause_;
  std::vector<float> heard_;
};

/// How much faster than real time a card may be on this machine, as busy as it is now, if in
/// `lead_seconds` of its music `made_seconds` have to be made by studio, with room to spare. What a
/// test says of lateness is then not a matter of the machine.
inline double affordable_speed(double lead_seconds, double made_seconds, double fastest) {
  const auto service = open_service(core::ServiceOptions());
  core::Request request;
  request.target_minutes = 1;
  request.segment_seconds = 20.0;
  request.look_ahead = 0;
  request.seed = 1;
  const auto began = std::chrono::steady_clock::now();
  const auto session = service->start(request);
  REQUIRE((*session)->wait_ready(0).ok());
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - began;
  constexpr double kRoom = 3.0;
  return std::min(fastest, lead_seconds / (kRoom * took.count() * made_seconds / 20.0));
}

inline float loudest(const std::vector<float>& samples) {
  float peak = 0.0f;
  for (const float sample : samples) peak = std::max(peak, std::abs(sample));
  return peak;
}

/// The longest stretch under -60 dBFS, in seconds.
inline double longest_hole(const std::vector<float>& stereo, int sample_rate) {
  std::size_t longest = 0;
  std::size_t length = 0;
  for (std::size_t i = 0; i + 1 < stereo.size(); i += 2) {
    const bool silent = std::abs(stereo[i]) < 1e-3f && std::abs(stereo[i + 1]) < 1e-3f;
    length = silent ? length + 1 : 0;
    longest = std::max(longest, length);
  }
  return static_cast<double>(longest) / sample_rate;
}

}  // namespace focus::test
