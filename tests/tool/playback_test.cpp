// SPDX-License-Identifier: MIT
#include "tool/playback.h"

#include <algorithm>
#include <utility>
#include <vector>

#include <catch2/catch.hpp>

#include "support/wait.h"
#include "tool/failure.h"

using namespace cli;
using focus::test::eventually;

namespace {

/// A device that plays when the test says so, and can be unplugged.
struct Device {
  focus::Player* player = nullptr;
  bool plugged = true;

  void play(int frames) const {
    std::vector<float> samples(static_cast<std::size_t>(frames) * 2);
    player->render(samples.data(), frames);
  }
};

class TestOutput final : public AudioOutput {
 public:
  TestOutput(Device& device, std::string name, std::int32_t rate)
      : device_(device), name_(std::move(name)), rate_(rate) {}
  ~TestOutput() override { device_.player = nullptr; }
  std::string name() const override { return name_; }
  std::int32_t sample_rate() const override { return rate_; }
  std::int32_t channel_count() const override { return 2; }
  void start(focus::Player& player) override { device_.player = &player; }
  bool running() const override { return device_.plugged; }

 private:
  Device& device_;
  const std::string name_;
  const std::int32_t rate_;
};

bool has(const std::vector<std::string>& news, const std::string& words) {
  return std::any_of(news.begin(), news.end(), [&](const std::string& line) {
    return line.find(words) != std::string::npos;
  });
}

focus::Session short_session() {
  focus::Service service(focus::ServiceOptions{}.with_storage(focus::Storage::memory));
  return service.start(
      focus::Request{}.with_goal(focus::Goal::focus).with_target_minutes(1).with_seed(7));
}

}  // namespace

TEST_CASE("music goes on where it was, on another device at its own rate") {
  Device speakers;
  Device headphones;
  int tries = 0;
  Playback playback(short_session(), std::make_unique<TestOutput>(speakers, "speakers", 48000),
                    [&](std::int32_t rate) -> std::unique_ptr<AudioOutput> {
                      CHECK(rate == 48000);
                      if (++tries == 1) throw Failure(kExitFailed, "nothing is plugged in yet");
                      return std::make_unique<TestOutput>(headphones, "headphones", 44100);
                    });
  playback.begin();
  REQUIRE(eventually([&] {
    speakers.play(480);
    return playback.player().position_seconds > 1.0;
  }));
  CHECK(has(playback.watch(), "segment 1 of 1: A dorian"));
  const double position = playback.player().position_seconds;

  speakers.plugged = false;
  CHECK(has(playback.watch(), "\"speakers\" is gone"));
  CHECK(speakers.player == nullptr);
  CHECK(playback.output_name() == "no sound device");
  CHECK(playback.watch().empty());  // it does not try all the time
  REQUIRE(eventually([&] { return has(playback.watch(), "plays on \"headphones\" at 44100 Hz"); }));
  CHECK(tries == 2);
  CHECK(playback.player().sample_rate == 44100);
  CHECK(playback.player().position_seconds == Approx(position).margin(0.05));
  REQUIRE(eventually([&] {
    headphones.play(441);
    return playback.player().position_seconds > position + 1.0;
  }));
}

TEST_CASE("a stop without a device does not wait for a fade that nobody hears") {
  Device device;
  Playback playback(short_session(), std::make_unique<TestOutput>(device, "speakers", 48000),
                    [](std::int32_t) -> std::unique_ptr<AudioOutput> {
                      throw Failure(kExitFailed, "no device");
                    });
  playback.begin();
  CHECK_FALSE(playback.over());
  device.plugged = false;
  playback.watch();
  playback.stop();
  CHECK(playback.over());
  CHECK(playback.shortfall().empty());
}

TEST_CASE("the sleep timer steps through its lengths and off") {
  Device device;
  Playback playback(short_session(), std::make_unique<TestOutput>(device, "speakers", 48000), {});
  Action sleep;
  sleep.kind = Action::Kind::sleep;
  sleep.next = true;
  std::vector<std::string> told;
  for (int k = 0; k < 5; ++k) told.push_back(playback.act(sleep));
  CHECK(told == std::vector<std::string>{"sleep: pauses in 15 min", "sleep: pauses in 30 min",
                                         "sleep: pauses in 60 min", "sleep: off",
                                         "sleep: pauses in 15 min"});
}
