// SPDX-License-Identifier: MIT
#include "audio_output.h"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <thread>
#include <vector>

#include "failure.h"
#include "sound_device.h"
#include "text.h"

namespace cli {
namespace {

constexpr std::int32_t kChannels = 2;
constexpr std::int32_t kBlock = 512;

/// Plays into the void, as fast as the clock goes.
class ClockOutput final : public AudioOutput {
 public:
  ClockOutput(std::int32_t sample_rate, double speed)
      : sample_rate_(sample_rate), frames_a_second_(sample_rate * speed) {}
  ~ClockOutput() override {
    stopping_ = true;
    if (thread_.joinable()) thread_.join();
  }

  std::string name() const override { return "no device"; }
  std::int32_t sample_rate() const override { return sample_rate_; }
  std::int32_t channel_count() const override { return kChannels; }
  bool running() const override { return true; }

  void start(focus::Player& player) override {
    thread_ = std::thread([this, &player] { pull(player); });
  }

 private:
  void pull(focus::Player& player) {
    using Clock = std::chrono::steady_clock;
    std::vector<float> samples(std::size_t{kBlock} * kChannels);
    const auto period = std::chrono::duration<double>(kBlock / frames_a_second_);
    auto next = Clock::now();
    while (!stopping_) {
      player.render(samples.data(), kBlock);
      next += std::chrono::duration_cast<Clock::duration>(period);
      // Like a device, it does not catch up on what a machine that slept has missed.
      const auto now = Clock::now();
      if (now - next > std::chrono::seconds(1)) next = now;
      if (next - now > std::chrono::milliseconds(1)) std::this_thread::sleep_until(next);
    }
  }

  const std::int32_t sample_rate_;
  const double frames_a_second_;
  std::atomic<bool> stopping_{false};
  std::thread thread_;
};

}  // namespace

std::unique_ptr<AudioOutput> open_output(const std::string& device, std::int32_t sample_rate,
                                         double speed) {
  if (device == "none") return std::make_unique<ClockOutput>(sample_rate, speed);
  return open_sound_device(device, sample_rate);
}

void list_devices(std::ostream& out) {
  std::string trouble;
  std::vector<SoundDevice> devices;
  try {
    devices = sound_devices();
    if (devices.empty()) trouble = "no sound device was found";
  } catch (const Failure& failure) {
    trouble = failure.what();
  }
  for (const SoundDevice& device : devices) {
    out << right(std::to_string(device.number), 4) << "  " << left(device.name, 40) << "  "
        << left(device.host, 8) << "  " << plural(device.channel_count, "channel") << ", "
        << decimal(device.sample_rate, 0) << " Hz" << (device.is_default ? ", default" : "")
        << '\n';
  }
  out << "none  no sound: plays by the clock" << (trouble.empty() ? "" : " (" + trouble + ")")
      << '\n';
}

}  // namespace cli
