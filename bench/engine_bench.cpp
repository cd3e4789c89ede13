// SPDX-License-Identifier: MIT
//
// The studio engine alone, for every goal and intensity; the soundscape engine with four scenes.
#include <string>

#include <benchmark/benchmark.h>

#include "engines/soundscape/soundscape_engine.h"
#include "engines/studio/studio_engine.h"
#include "null_sink.h"
#include "studio_brief.h"
#include "table.h"

namespace focus::bench {
namespace {

using namespace focus::core;

void generate(benchmark::State& state, const core::engines::MusicEngine& engine,
              const core::plan::Brief& brief) {
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

void generate_music(benchmark::State& state, plan::Goal goal, plan::Intensity intensity) {
  generate(state, core::engines::StudioEngine(), studio_brief(goal, intensity));
}

void generate_scenes(benchmark::State& state) {
  core::plan::Brief brief = studio_brief(plan::Goal::focus, plan::Intensity::medium);
  brief.scenes.opening = core::plan::read_scenes("rain fire sea night").value();
  generate(state, core::engines::SoundscapeEngine(), brief);
}

const bool registered = [] {
  for (plan::Goal goal :
       {plan::Goal::focus, plan::Goal::relax, plan::Goal::sleep, plan::Goal::energize}) {
    for (plan::Intensity intensity :
         {plan::Intensity::low, plan::Intensity::medium, plan::Intensity::high}) {
      const std::string name =
          kEngine + std::string(name_of(goal)) + "/" + std::string(name_of(intensity));
      benchmark::RegisterBenchmark(name.c_str(), generate_music, goal, intensity)
          ->MeasureProcessCPUTime();
    }
  }
  benchmark::RegisterBenchmark((kEngine + std::string("soundscape/four")).c_str(), generate_scenes)
      ->MeasureProcessCPUTime();
  return true;
}();

}  // namespace
}  // namespace focus::bench
