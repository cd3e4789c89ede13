// SPDX-License-Identifier: MIT
//
// What an audio callback costs at worst, with joins, a seek, a change of the session and a change
// of the host's rate on the way; against plain copying of as many samples in the same run.
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

/// Copies what a callback gives from a buffer as long as what a player has ready: the least that
/// any callback can do.
class Copying {
 public:
  explicit Copying(int rate) : from_(static_cast<std::size_t>(rate) * 4, 0.1f) {}
  void operator()(std::vector<float>& to) {
    if (at_ + to.size() > from_.size()) at_ = 0;
    std::copy_n(from_.data() + at_, to.size(), to.data());
    benchmark::DoNotOptimize(to.data());
    at_ += to.size();
  }

 private:
  std::vector<float> from_;
  std::size_t at_ = 0;
};

struct Times {
  std::vector<double> all;
  double median() {
    std::nth_element(all.begin(), all.begin() + static_cast<std::ptrdiff_t>(all.size() / 2),
                     all.end());
    return all[all.size() / 2];
  }
  auto over(double us) const {
    return static_cast<double>(
        std::count_if(all.begin(), all.end(), [&](double one) { return one > us; }));
  }
  double worst() const { return *std::max_element(all.begin(), all.end()); }
};

/// CPU time alone: how long the system lets others run meanwhile is not the library's doing. What
/// its interrupts take is still in it; the copying shows how much that is at worst.
void worst_callback(benchmark::State& state, int frames, int host_rate) {
  std::vector<float> samples(static_cast<std::size_t>(frames) * 2);
  Times took;
  Times copied;
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
    Copying copying(host_rate);
    const auto calls = static_cast<int>(kPlayedSeconds * host_rate / frames);
    auto next = std::chrono::steady_clock::now();
    for (int call = 0; call < calls; ++call) {
      if (call == calls / 3) player.seek(60.0);
      if (call == calls / 2) session.steer(Steering().with_intensity(Intensity::high));
      // Another device, and back.
      if (call == calls * 3 / 4) player.set_output(host_rate == 44100 ? 96000 : 44100, 2);
      if (call == calls * 3 / 4 + 100) player.set_output(host_rate, 2);
      const double before = thread_cpu_us();
      player.render(samples.data(), frames);
      const double after = thread_cpu_us();
      took.all.push_back(after - before);
      copying(samples);
      copied.all.push_back(thread_cpu_us() - after);
      next +=
          std::chrono::nanoseconds(static_cast<std::int64_t>(1e9 * frames / host_rate / kSpeed));
      std::this_thread::sleep_until(next);
    }
  }
  state.counters[kMedianUs] = took.median();
  state.counters[kWorstUs] = took.worst();
  state.counters[kCopyMedianUs] = copied.median();
  state.counters[kCopyWorstUs] = copied.worst();
  const double budget = 1e6 * frames / host_rate;
  state.counters[kBudgetUs] = budget;
  state.counters[kOver] = took.over(0.1 * budget);
  state.counters[kCopyOver] = copied.over(0.1 * budget);
}

void callback(const char* name, int frames, int rate) {
  benchmark::RegisterBenchmark(name, [=](benchmark::State& state) {
    worst_callback(state, frames, rate);
  })->Iterations(1);
}

const bool kRegistered = [] {
  callback("callback/64", 64, kRate);
  callback("callback/128", 128, kRate);
  callback("callback/128 at 44100", 128, 44100);
  callback("callback/64 at 44100", 64, 44100);
  callback("callback/128 at 96000", 128, 96000);
  callback("callback/128 at 192000", 128, 192000);
  callback("callback/128 at 8000", 128, 8000);
  return true;
}();

}  // namespace
}  // namespace focus::bench
