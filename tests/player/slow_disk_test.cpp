// SPDX-License-Identifier: MIT
// A disk that stands still does not stop the music. See tests/session/slow_store_test.cpp.
#include <future>

#include <absl/cleanup/cleanup.h>

#include "player/card.h"
#include "support/temp_folder.h"
#include "support/test_disk.h"

using namespace focus::core;
using namespace focus::test;

TEST_CASE(
    "while a segment of another session waits for the disk, a live listener steers and "
    "hears no hole",
    "[files]") {
  TestDisk disk;
  const TempFolder folder;
  session::ServiceOptions options;
  options.storage = session::Storage::folder;
  options.data_folder = folder.path();
  options.worker_count = 2;
  options.disk = &disk;
  const auto service = open_service(options, std::make_shared<ToneEngine>());
  const absl::Cleanup at_last = [&] { disk.open(); };  // also where the test fails

  const auto playing = service->start(tone_request(1));
  REQUIRE(all_ready(**playing));
  player::LiveSource source(*playing, kToneRate, kFeedInterval);
  Card card(source, kToneRate, 64);
  const auto pull_on = [&](double seconds) {
    const double until = static_cast<double>(source.position()) + seconds * kToneRate;
    return card.pull_until([&] { return static_cast<double>(source.position()) >= until; });
  };
  REQUIRE(pull_on(2.0));

  disk.close();
  const auto other = service->start(tone_request(2));
  REQUIRE(eventually([&] { return disk.waiting() > 0; }));
  auto steered = std::async(std::launch::async, [&] {
    plan::Steering steering;
    steering.goal = plan::Goal::relax;
    return (*playing)->steer(steering).ok();
  });
  CHECK(pull_on(3.0));
  CHECK(steered.wait_for(std::chrono::seconds(FOCUS_TEST_PATIENCE_SECONDS)) ==
        std::future_status::ready);
  CHECK(pull_on(1.0));
  CHECK(source.underruns() == 0);
  disk.open();
  CHECK(steered.get());
}
