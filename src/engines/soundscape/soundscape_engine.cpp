// SPDX-License-Identifier: MIT
#include "engines/soundscape/soundscape_engine.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "base/error.h"
#include "dsp/flush_denormals.h"
#include "engines/scenery.h"
#include "engines/soundscape/landscape.h"
#include "engines/soundscape/life.h"

namespace focus::core::engines {
namespace {

using namespace soundscape;

constexpr std::int64_t kSceneryPiece = 32 * kBlock;

absl::Status check_scenery(const plan::Brief& brief) {
  if (brief.frames <= 0) return invalid_field("frames", "a segment needs at least one frame");
  if (brief.sample_rate != 44100 && brief.sample_rate != 48000) {
    return invalid_field("sample_rate", "soundscape plays at 44100 or 48000 Hz");
  }
  return absl::OkStatus();
}

plan::SceneMix scenes_for(plan::Goal goal) {
  using enum plan::Scene;
  switch (goal) {
    case plan::Goal::relax:
      return {{sea, 0.0}, {birds, -14.0}};
    case plan::Goal::sleep:
      return {{rain_window, 0.0}, {brown, -8.0}};
    case plan::Goal::energize:
      return {{stream, 0.0}, {wind, -10.0}, {birds, -4.0}};
    default:
      return {{rain, 0.0}, {fire, -12.0}, {brown, -4.0}};
  }
}

}  // namespace

SoundscapeEngine::SoundscapeEngine() {
  info_.key = std::string(kSceneEngine);
  info_.display_name = "Soundscape";
  info_.description =
      "Built in: rain, sea, fire, night, cafe and other scenes, coloured noises and beats.";
  info_.version = "1.0";
  info_.max_duration_seconds = 1200;
  info_.licence_class = LicenceClass::commercial_cleared;
  info_.commercial_use = true;
  info_.requires_attribution = false;
  info_.expected_speed = 300.0;
}

int SoundscapeEngine::playing_rate(int session_rate) const { return scenery_rate(session_rate); }

plan::SceneProgramme scenes_played(const plan::Brief& brief) {
  plan::SceneProgramme programme = brief.scenes;
  if (programme.opening.empty()) programme.opening = plan::scenes_in_prompt(brief.prompt);
  if (programme.opening.empty()) programme.opening = scenes_for(brief.character);
  return programme;
}

absl::Status SoundscapeEngine::generate(const plan::Brief& brief, SegmentSink& sink) const {
  FOCUS_RETURN_IF_ERROR(check_scenery(brief));
  const dsp::FlushDenormals flush;
  const int rate = brief.sample_rate;
  const std::int64_t start = std::llround(brief.start_seconds * rate);
  // The offset is removed by a filter that needs a fifth of a second.
  Landscape landscape(scenes_played(brief), brief.seed, rate, start - rate / 5);
  const std::int64_t end = start + brief.frames;
  std::array<float, kSceneryPiece> left, right;
  std::int64_t held = 0;
  while (landscape.frame() < end) {
    if (held == 0 && sink.cancelled()) return cancelled_error();
    const std::int64_t frame = landscape.frame();
    Stereo block;
    landscape.render(block);
    const std::int64_t first = std::clamp<std::int64_t>(start - frame, 0, kBlock);
    const std::int64_t last = std::min<std::int64_t>(end - frame, kBlock);
    open_session(frame, rate, block);
    for (std::int64_t i = first; i < last; ++i, ++held) {
      left[static_cast<std::size_t>(held)] = block.left[i];
      right[static_cast<std::size_t>(held)] = block.right[i];
    }
    if (held == 0 || (held + kBlock <= kSceneryPiece && landscape.frame() < end)) continue;
    const float* channels[] = {left.data(), right.data()};
    sink.write(audio::ConstAudioView(channels, 2, held));
    held = 0;
  }
  return absl::OkStatus();
}

}  // namespace focus::core::engines
