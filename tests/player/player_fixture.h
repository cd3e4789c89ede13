// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <cmath>
#include <vector>

#include "player/player.h"
#include "session/session_fixture.h"

namespace focus::test {

/// Everything a player gives until it is finished, in blocks of `block` frames.
inline std::vector<float> render_all(core::player::Player& player, std::int64_t block,
                                     int channels = 2) {
  std::vector<float> all;
  std::vector<float> part(static_cast<std::size_t>(block * channels));
  while (true) {
    const auto music = player.render_interleaved(part.data(), block);
    REQUIRE(music.ok());
    all.insert(all.end(), part.begin(), part.begin() + *music * channels);
    if (*music < block) return all;
  }
}

/// The largest step between neighbouring samples of one channel.
inline float largest_step(const std::vector<float>& samples, int channels = 2) {
  float largest = 0.0f;
  const auto stride = static_cast<std::size_t>(channels);
  for (std::size_t i = stride; i < samples.size(); ++i) {
    largest = std::max(largest, std::abs(samples[i] - samples[i - stride]));
  }
  return largest;
}

inline std::unique_ptr<core::player::Player> offline_player(
    const core::session::SessionUse& session, int sample_rate = 0, int channels = 2) {
  auto player = core::player::Player::create(
      session, {core::player::PlayerOptions::Mode::offline, sample_rate, channels});
  REQUIRE(player.ok());
  return *std::move(player);
}

}  // namespace focus::test
