// SPDX-License-Identifier: MIT
//
// What the studio is compared with: the scores of engine_bench, played by FluidSynth.
#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <fluidsynth.h>
#include <memory>
#include <optional>
#include <string>

#include <benchmark/benchmark.h>

#include "engines/studio/studio_engine.h"
#include "studio_brief.h"
#include "table.h"

namespace focus::bench {
namespace {

using namespace focus::core;

template <auto destroy>
struct Destroy {
  template <typename T>
  void operator()(T* object) const {
    destroy(object);
  }
};

/// A score on the stand, with all that `fluidsynth --fast-render` sets and does before it plays:
/// reverb and chorus on, polyphony, interpolation and block as they are by default, and no clock
/// but the samples. The instruments are its defaults too, a piano on all channels but the drums'.
class Performance {
 public:
  Performance(const std::string& midi, int sample_rate) {
    if (!settings_) return;
    fluid_settings_setnum(settings_.get(), "synth.sample-rate", sample_rate);
    fluid_settings_setstr(settings_.get(), "player.timing-source", "sample");
    fluid_settings_setint(settings_.get(), "synth.lock-memory", 0);
    fluid_settings_getint(settings_.get(), "audio.period-size", &block_);
    synth_.reset(new_fluid_synth(settings_.get()));
    if (!synth_) return;
    player_.reset(new_fluid_player(synth_.get()));
    ready_ = player_ && block_ > 0 && block_ <= kLongestBlock &&
             fluid_synth_sfload(synth_.get(), FOCUS_SOUNDFONT_PATH, 1) != FLUID_FAILED &&
             fluid_player_add_mem(player_.get(), midi.data(), midi.size()) == FLUID_OK &&
             fluid_player_play(player_.get()) == FLUID_OK;
  }

  bool ready() const { return ready_; }

  /// Plays to interleaved floats; false where there was nothing to hear.
  bool play(std::int64_t frames) {
    float* const samples = samples_.data();
    float loudest = 0.0f;
    for (std::int64_t frame = 0; frame < frames; frame += block_) {
      const int count = static_cast<int>(std::min<std::int64_t>(block_, frames - frame));
      if (fluid_synth_write_float(synth_.get(), count, samples, 0, 2, samples, 1, 2) != FLUID_OK) {
        return false;
      }
      loudest = std::max(loudest, std::abs(samples[0]));
    }
    return loudest > 1e-3f;
  }

 private:
  static constexpr int kLongestBlock = 8192;

  std::unique_ptr<fluid_settings_t, Destroy<delete_fluid_settings>> settings_{new_fluid_settings()};
  std::unique_ptr<fluid_synth_t, Destroy<delete_fluid_synth>> synth_;
  std::unique_ptr<fluid_player_t, Destroy<delete_fluid_player>> player_;
  std::array<float, 2 * kLongestBlock> samples_{};
  int block_ = 0;
  bool ready_ = false;
};

void play(benchmark::State& state, plan::Goal goal, plan::Intensity intensity) {
  const core::plan::Brief brief = studio_brief(goal, intensity);
  const auto midi = core::engines::StudioEngine().score_as_midi(brief);
  if (!midi.ok()) {
    state.SkipWithError(midi.status().ToString().c_str());
    return;
  }
  double audio_seconds = 0.0;
  for (auto _ : state) {
    state.PauseTiming();  // loading the SoundFont is not playing
    std::optional<Performance> performance(std::in_place, *midi, brief.sample_rate);
    if (!performance->ready()) {
      state.SkipWithError("FluidSynth would not begin");
      break;
    }
    state.ResumeTiming();
    const bool heard = performance->play(brief.frames);
    state.PauseTiming();
    performance.reset();
    if (!heard) {
      state.SkipWithError("FluidSynth was silent");
      break;
    }
    audio_seconds += brief.length_seconds();
    state.ResumeTiming();
  }
  set_audio_seconds(state, audio_seconds);
}

const bool registered = [] {
  for (plan::Goal goal :
       {plan::Goal::focus, plan::Goal::relax, plan::Goal::sleep, plan::Goal::energize}) {
    for (plan::Intensity intensity :
         {plan::Intensity::low, plan::Intensity::medium, plan::Intensity::high}) {
      const std::string name =
          kFluidSynth + std::string(name_of(goal)) + "/" + std::string(name_of(intensity));
      benchmark::RegisterBenchmark(name.c_str(), play, goal, intensity)->MeasureProcessCPUTime();
    }
  }
  return true;
}();

}  // namespace
}  // namespace focus::bench
