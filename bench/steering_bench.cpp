// SPDX-License-Identifier: MIT
//
// What a change of a session costs when there were 16,000 before it, against the first hundred: a
// slider that is dragged for an hour. First the plan alone, then a session as a host steers it.
#include <algorithm>
#include <chrono>
#include <cstdint>
#include <functional>
#include <vector>

#include <benchmark/benchmark.h>

#include "plan/planner.h"
#include "table.h"
#include <focus_session/focus_session.hpp>

namespace focus::bench {
namespace {

constexpr int kMeasured = 100;
constexpr int kEarlier = 16'000;

double divergence_of(int change) { return change % 100 / 100.0; }

/// Median of `kMeasured` changes in microseconds. Others may work on the same cores meanwhile.
double median_us(int first, const std::function<void(int change)>& steer) {
  std::vector<double> took;
  for (int change = first; change < first + kMeasured; ++change) {
    const auto begin = std::chrono::steady_clock::now();
    steer(change);
    const std::chrono::duration<double, std::micro> time = std::chrono::steady_clock::now() - begin;
    took.push_back(time.count());
  }
  std::nth_element(took.begin(), took.begin() + kMeasured / 2, took.end());
  return took[kMeasured / 2];
}

void measure(benchmark::State& state, const std::function<void(int change)>& steer) {
  state.counters[kFirstSteerUs] = median_us(1, steer);
  for (int change = kMeasured + 1; change <= kEarlier; ++change) steer(change);
  state.counters[kLateSteerUs] = median_us(kEarlier + 1, steer);
}

void steer_plan(benchmark::State& state) {
  core::plan::Request request;
  request.target_minutes = 60;
  for (auto _ : state) {
    core::plan::Plan plan = core::plan::planned(request, 1);
    measure(state, [&](int change) {
      core::plan::Steering steering;
      steering.divergence = divergence_of(change);
      const std::int64_t from = plan.cut_after(180'000, steering);  // the session's middle
      plan = core::plan::steered(plan, {steering, from});
    });
  }
}

void steer_session(benchmark::State& state) {
  for (auto _ : state) {
    focus::Service service(
        focus::ServiceOptions().with_storage(focus::Storage::memory).with_worker_count(1));
    focus::Session session = service.start(focus::Request()
                                               .with_goal(focus::Goal::focus)
                                               .with_target_minutes(60)
                                               .with_look_ahead(0)
                                               .with_seed(1));
    measure(state, [&](int change) {
      session.steer(focus::Steering().with_divergence(divergence_of(change)));
    });
  }
}

BENCHMARK(steer_plan)->Name("steer/plan")->Iterations(1);
BENCHMARK(steer_session)->Name("steer/session")->Iterations(1);

}  // namespace
}  // namespace focus::bench
