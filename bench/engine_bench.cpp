// SPDX-License-Identifier: MIT
//
// The studio engine alone, for every goal and intensity.
#include <string>

#include <benchmark/benchmark.h>

#include "engines/studio/studio_engine.h"
#include "null_sink.h"
#include "studio_brief.h"
#include "table.h"

namespace focus::bench {
namespace {

using namespace focus::core;

void generate(benchmark::State& state, plan::Goal goal, plan::Intensity intensity) {
  const core::engines::StudioEngine engine;
  const core::plan::Brief brief = studio_brief(goal, intensity);
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
  for (plan::Goal goal :
       {plan::Goal::focus, plan::Goal::relax, plan::Goal::sleep, plan::Goal::energize}) {
    for (plan::Intensity intensity :
         {plan::Intensity::low, plan::Intensity::medium, plan::Intensity::high}) {
      const std::string name =
          kEngine + std::string(name_of(goal)) + "/" + std::string(name_of(intensity));
      benchmark::RegisterBenchmark(name.c_str(), generate, goal, intensity)
          ->MeasureProcessCPUTime();
    }
  }
  return true;
}();

}  // namespace
}  // namespace focus::bench
