// SPDX-License-Identifier: MIT
//
// What an audio callback costs at worst, with joins, a seek and a change of the session on the way.
#include <algorithm>
#include <chrono>
#include <cstdint>
#include <ctime>
#include <thread>
#include <vector>

#include <benchmark/benchmark.h>

#include "table.h"
#include <focus_session/focus_session.hpp>

namespace focus::bench {
namespace {

constexpr int kRate = 48000;
constexpr double kPlayedSeconds = 60.0;
constexpr double kSpeed = 8.0;  // times real time, so that it does not take a minute

double thread_cpu_us() {
  timespec now{};
  ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return 1e6 * static_cast<double>(now.tv_sec) + 1e-3 * static_cast<double>(now.tv_nsec);
}

/// As much work as a callback of the session's own rate does, with nothing to wait for.
void idle() {
  int turns = 300;
  while (turns-- > 0) benchmark::DoNotOptimize(turns);
}

/// CPU time alone: how long the system lets others run meanwhile is not the library's doing. What
/// its interrupts take is still in it; `idle` shows how much that is at worst.
void worst_callback(benchmark::State& state, int frames, int host_rate) {
  std::vector<float> samples(static_cast<std::size_t>(frames) * 2);
  std::vector<double> took;
  double worst_idle = 0.0;
  for (auto _ : state) {
    focus::Service service(ServiceOptions().with_storage(Storage::memory));
    focus::Session session = service.start(Request()
                                               .with_goal(Goal::focus)
                                               .with_target_minutes(2)
                                               .with_segment_seconds(20)
                                               .with_seed(7));
    focus::Player player = session.play(PlayerOptions().with_sample_rate(host_rate));
    while (player.render(samples.data(), frames) == 0) {
      std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
    const auto calls = static_cast<int>(kPlayedSeconds * host_rate / frames);
    auto next = std::chrono::steady_clock::now();
    for (int call = 0; call < calls; ++call) {
      if (call == calls / 3) player.seek(60.0);
      if (call == calls / 2) session.steer(Steering().with_intensity(Intensity::high));
      const double before = thread_cpu_us();
      player.render(samples.data(), frames);
      const double after = thread_cpu_us();
      took.push_back(after - before);
      idle();
      worst_idle = std::max(worst_idle, thread_cpu_us() - after);
      next +=
          std::chrono::nanoseconds(static_cast<std::int64_t>(1e9 * frames / host_rate / kSpeed));
      std::this_thread::sleep_until(next);
    }
  }
  std::sort(took.begin(), took.end());
  state.counters[kMedianUs] = took[took.size() / 2];
  state.counters[kWorstUs] = took.back();
  state.counters[kIdleUs] = worst_idle;
  state.counters[kBudgetUs] = 1e6 * frames / host_rate;
}

BENCHMARK_CAPTURE(worst_callback, same_64, 64, kRate)->Name("callback/64")->Iterations(1);
BENCHMARK_CAPTURE(worst_callback, same_128, 128, kRate)->Name("callback/128")->Iterations(1);
BENCHMARK_CAPTURE(worst_callback, other_128, 128, 44100)
    ->Name("callback/128 at 44100")
    ->Iterations(1);

}  // namespace
}  // namespace focus::bench
