// SPDX-License-Identifier: MIT
// Plays for as long as one likes, steered at random, and says as JSON what it has found; see
// soak.py, which judges it. On simulated time six listeners play sessions of up to a day, with all
// checks that Listener makes. In real time a sound card of 48 kHz is played by studio.
//
//   soak_player simulated SECONDS SEED
//   soak_player real SECONDS SEED
#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <string>
#include <thread>
#include <vector>

#include "drill/soak/engine.h"
#include "drill/soak/listener.h"
#include "drill/soak/memory.h"

namespace focus::drill {
namespace {

using namespace focus::core;
using Seconds = std::chrono::duration<double>;
using SteadyClock = std::chrono::steady_clock;

void print_text(const std::string& text) {
  std::printf("\"");
  for (const char c : text) {
    if (c == '"' || c == '\\') std::printf("\\");
    std::printf(static_cast<unsigned char>(c) < 0x20 ? " " : "%c", c);
  }
  std::printf("\"");
}

void print_faults(const std::vector<std::string>& faults) {
  std::printf("\"faults\": [");
  for (std::size_t i = 0; i < faults.size(); ++i) {
    std::printf("%s", i > 0 ? ", " : "");
    print_text(faults[i]);
  }
  std::printf("]}\n");
}

void play_simulated(double seconds, std::uint64_t seed) {
  constexpr std::size_t kListeners = 6;
  constexpr int kSamples = 200;
  ManualClock clock;
  session::ServiceOptions options;
  options.storage = session::Storage::memory;
  options.clock = &clock;
  options.worker_count = 2;
  std::array<Report, kListeners> reports;
  std::vector<std::pair<double, Memory>> samples;
  {
    auto service = session::Service::open(options);
    if (!service.ok()) std::abort();
    for (const char* key : {SoakEngine::kKey, "soak_stand_in"}) {
      if (!(*service)->engines().add(std::make_shared<SoakEngine>(key)).ok()) std::abort();
    }
    const auto begun = SteadyClock::now();
    const auto passed = [&] { return Seconds(SteadyClock::now() - begun).count(); };
    std::vector<std::thread> threads;
    for (std::size_t i = 0; i < kListeners; ++i) {
      threads.emplace_back([&, i] {
        Listener listener(**service, clock, Random(seed).fork(i), reports[i]);
        while (passed() < seconds && !reports[i].has_faults) listener.go_on();
      });
    }
    const auto sampled_seconds = [&] {
      double sum = 0.0;
      for (const Report& report : reports) sum += report.simulated_seconds;
      return sum;
    };
    while (passed() < seconds) {
      samples.emplace_back(sampled_seconds() / 3600.0, memory_now());
      std::this_thread::sleep_for(Seconds(seconds / kSamples));
      if (std::any_of(reports.begin(), reports.end(),
                      [](const Report& report) { return report.has_faults.load(); })) {
        break;
      }
    }
    for (std::thread& thread : threads) thread.join();
  }
  Report& report = reports[0];
  for (std::size_t i = 1; i < kListeners; ++i) report.add(reports[i]);
  std::printf("{\"simulated_hours\": %.3f, \"callbacks\": %lld, \"sessions\": %d, \"actions\": {",
              report.simulated_seconds.load() / 3600.0, static_cast<long long>(report.callbacks),
              report.sessions);
  const char* separator = "";
  for (const auto& [name, count] : report.actions) {
    std::printf("%s\"%s\": %d", std::exchange(separator, ", "), name.c_str(), count);
  }
  std::printf(
      "}, \"worst_click\": %.6f, \"longest_hole_ms\": %.3f, \"worst_place_frames\": %.3f, "
      "\"memory\": [",
      report.worst_click, 1e3 * report.longest_hole, report.worst_place);
  separator = "";
  for (const auto& [hours, memory] : samples) {
    std::printf("%s[%.3f, %lld, %lld]", std::exchange(separator, ", "), hours,
                static_cast<long long>(memory.resident_kb), static_cast<long long>(memory.blocks));
  }
  std::printf("], ");
  print_faults(report.faults);
}

double thread_cpu_us() {
  timespec now{};
  ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return 1e6 * static_cast<double>(now.tv_sec) + 1e-3 * static_cast<double>(now.tv_nsec);
}

/// A card of 10 ms blocks, whose callback is called as late as the system lets it. After a change
/// of the device it has another rate for a minute.
void play_real(double seconds, std::uint64_t seed) {
  constexpr double kBlockSeconds = 0.01;
  std::vector<std::string> faults;
  Random random(seed);
  const auto service = session::Service::open(session::ServiceOptions());
  if (!service.ok()) std::abort();
  plan::Request request;
  request.target_minutes = static_cast<int>(seconds / 60.0) + 3;
  request.segment_seconds = 60.0;
  request.seed = seed;
  auto session = (*service)->start(request);
  if (!session.ok()) std::abort();
  int rate = 48000;
  auto player = player::Player::create(*session, {player::PlayerOptions::Mode::live, rate, 2});
  if (!player.ok()) std::abort();
  std::vector<float> block(std::size_t{2} * 1920);
  while ((*player)->info().state != player::PlayerState::playing) {
    if (!(*player)->render_interleaved(block.data(), 480).ok()) std::abort();
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
  std::int64_t callbacks = 0;
  std::int64_t late = 0;
  std::int64_t steers = 0;
  std::int64_t seeks = 0;
  double worst_cpu_us = 0.0;
  double worst_late = 0.0;
  double missing = 0.0;  // seconds without music that nobody asked for
  double quiet = 0.0;    // seconds for which silence is what was asked for
  double until_act = 10.0;
  const auto begun = SteadyClock::now();
  for (double now = 0.0; now < seconds; now += kBlockSeconds, ++callbacks) {
    std::this_thread::sleep_until(begun +
                                  std::chrono::duration_cast<SteadyClock::duration>(Seconds(now)));
    const double lateness = Seconds(SteadyClock::now() - begun).count() - now;
    worst_late = std::max(worst_late, lateness);
    late += lateness > kBlockSeconds;
    const auto frames = static_cast<std::int64_t>(kBlockSeconds * rate);
    const double before = thread_cpu_us();
    const auto music = (*player)->render_interleaved(block.data(), frames);
    worst_cpu_us = std::max(worst_cpu_us, thread_cpu_us() - before);
    if (!music.ok()) faults.emplace_back(music.status().message());
    quiet -= kBlockSeconds;
    if (music.ok() && *music < frames && quiet < 0.0) missing += kBlockSeconds;
    if ((until_act -= kBlockSeconds) > 0.0) continue;
    until_act = random.uniform(5.0, 20.0);
    const player::PlayerInfo info = (*player)->info();
    switch (random.below(4)) {
      case 0: {
        // To where the music is made already.
        if (!(*player)->seek(random.uniform(0.0, info.position_seconds)).ok()) {
          faults.emplace_back("a seek is refused");
        }
        quiet = 1.0;
        ++seeks;
        break;
      }
      case 1:
        rate = rate == 48000 ? 44100 : 48000;
        if (!(*player)->set_output(rate, 2).ok()) faults.emplace_back("a rate is refused");
        break;
      default: {
        plan::Steering steering;
        steering.divergence = random.uniform();
        steering.intensity = random.chance(0.5) ? plan::Intensity::high : plan::Intensity::low;
        if (!(*session)->steer(steering).ok()) faults.emplace_back("a steering is refused");
        ++steers;
        break;
      }
    }
  }
  const int underruns = (*player)->info().underruns;
  if (underruns > 0) faults.push_back(std::to_string(underruns) + " underruns");
  if (missing > 0.0) faults.push_back(std::to_string(missing) + " s without music");
  std::printf(
      "{\"seconds\": %.1f, \"callbacks\": %lld, \"late_callbacks\": %lld, \"worst_late_ms\": %.3f, "
      "\"worst_callback_cpu_us\": %.1f, \"budget_us\": %.0f, \"underruns\": %d, "
      "\"missing_seconds\": %.3f, \"steers\": %lld, \"seeks\": %lld, ",
      seconds, static_cast<long long>(callbacks), static_cast<long long>(late), 1e3 * worst_late,
      worst_cpu_us, 1e6 * kBlockSeconds, underruns, missing, static_cast<long long>(steers),
      static_cast<long long>(seeks));
  print_faults(faults);
}

}  // namespace
}  // namespace focus::drill

int main(int argc, char** argv) {
  const std::string mode = argc == 4 ? argv[1] : "";
  if (mode != "simulated" && mode != "real") {
    std::fprintf(stderr, "usage: soak_player simulated|real SECONDS SEED\n");
    return 2;
  }
  const double seconds = std::strtod(argv[2], nullptr);
  const std::uint64_t seed = std::strtoull(argv[3], nullptr, 10);
  if (mode == "real") {
    focus::drill::play_real(seconds, seed);
  } else {
    focus::drill::play_simulated(seconds, seed);
  }
  return 0;
}
