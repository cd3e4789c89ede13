// SPDX-License-Identifier: MIT
#include "session/level_ride.h"

#include <algorithm>
#include <cmath>
#include <cstdint>

namespace focus::core::session {
namespace {

constexpr std::int64_t kStep = 512;  // frames; a ramp lies between the levels at its ends

}  // namespace

void ride_level(const plan::Brief& brief, audio::AudioView audio) {
  const plan::SceneProgramme& programme = brief.scenes;
  const double start = brief.start_seconds;
  const double end = start + brief.length_seconds();
  const double mean_db = programme.mean_level_db(start, end);
  const auto gain_at = [&](std::int64_t frame) {
    const double seconds = start + static_cast<double>(frame) / brief.sample_rate;
    return static_cast<float>(std::pow(10.0, 0.05 * (programme.level_db(seconds) - mean_db)));
  };
  if (std::all_of(programme.steps.begin(), programme.steps.end(),
                  [](const plan::SceneStep& step) { return step.level_db == 0.0; })) {
    return;
  }
  float gain = gain_at(0);
  for (std::int64_t done = 0; done < audio.frames(); done += kStep) {
    const std::int64_t frames = std::min(kStep, audio.frames() - done);
    const float next = gain_at(done + frames);
    const float step = (next - gain) / static_cast<float>(frames);
    for (int c = 0; c < audio.channel_count(); ++c) {
      float* samples = audio.channel(c) + done;
      for (std::int64_t i = 0; i < frames; ++i) samples[i] *= gain + step * static_cast<float>(i);
    }
    gain = next;
  }
}

}  // namespace focus::core::session
