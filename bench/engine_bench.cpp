// SPDX-License-Identifier: MIT
//
// The studio engine alone, for every goal and intensity.
#include <string>

#include <benchmark/benchmark.h>

#include "engines/studio/studio_engine.h"
#include "plan/plan.h"
#include "table.h"

namespace focus::bench {
namespace {

using core::Goal;
using core::Intensity;

class NullSink final : public core::SegmentSink {
 public:
  void write(core::ConstAudioView block) override {
    if (!block.empty()) benchmark::DoNotOptimize(block.channel(0)[0]);
  }
  bool cancelled() const override { return false; }
};

/// A segment from the middle of a session, where all voices play.
core::Brief brief_for(Goal goal, Intensity intensity, const core::StudioEngine& engine) {
  core::Request request;
  request.goal = goal;
  request.intensity = intensity;
  request.target_minutes = 10;
  request.segment_seconds = 60.0;
  const core::Plan plan(request, 7);
  return plan.brief(plan.segment_count() / 2, engine.playing_rate(request.sample_rate));
}

void generate(benchmark::State& state, Goal goal, Intensity intensity) {
  const core::StudioEngine engine;
  const core::Brief brief = brief_for(goal, intensity, engine);
  double audio_seconds = 0.0;
  for (auto _ : state) {
    NullSink sink;
    const absl::Status status = engine.generate(brief, sink);
    if (!status.ok()) {
      state.SkipWithError(status.ToString().c_str());
      break;
    }
    audio_seconds += brief.length_seconds();
  }
  set_audio_seconds(state, audio_seconds);
}

const bool registered = [] {
  for (Goal goal : {Goal::focus, Goal::relax, Goal::sleep, Goal::energize}) {
    for (Intensity intensity : {Intensity::low, Intensity::medium, Intensity::high}) {
      const std::string name =
          "engine/" + std::string(name_of(goal)) + "/" + std::string(name_of(intensity));
      benchmark::RegisterBenchmark(name.c_str(), generate, goal, intensity)
          ->MeasureProcessCPUTime();
    }
  }
  return true;
}();

}  // namespace
}  // namespace focus::bench
