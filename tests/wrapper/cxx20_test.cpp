// SPDX-License-Identifier: MIT
// The wrapper as C++20 writes it: options as designated initialisers.
#include <vector>

#include <catch2/catch.hpp>

#include <focus_session/focus_session.hpp>

TEST_CASE("options are designated initialisers in C++20") {
  focus::Service service({.storage = focus::Storage::memory, .worker_count = 1});
  auto session = service.start({.goal = focus::Goal::relax, .target_minutes = 1, .seed = 8});
  auto player = session.play({.mode = focus::PlayerMode::offline, .sample_rate = 48000});
  std::vector<float> samples(1024 * 2);
  CHECK(player.render(samples.data(), 1024) == 1024);
  CHECK(session.snapshot().info().target_lufs == -20.0);
}

TEST_CASE("so are those of a session's JSON", "[requests]") {
  focus::Service service({.storage = focus::Storage::memory, .worker_count = 1});
  auto session = service.start({.goal = focus::Goal::relax, .target_minutes = 1, .seed = 8});
  CHECK_FALSE(session.snapshot().json({.base_url = ""}).empty());
}
