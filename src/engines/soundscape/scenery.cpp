// SPDX-License-Identifier: MIT
#include "engines/scenery.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "audio/resampler.h"
#include "base/error.h"
#include "dsp/flush_denormals.h"
#include "dsp/math.h"
#include "engines/soundscape/landscape.h"
#include "engines/soundscape/life.h"
#include "engines/soundscape/soundscape_engine.h"
#include "mastering/loudness.h"

namespace focus::core::engines {
namespace {

using namespace soundscape;

constexpr std::int64_t kBlocksBetweenChecks = 64;  // of `cancel`: a few milliseconds of work

absl::StatusOr<double> music_lufs(const audio::AudioBuffer& music, const CancelToken& cancel) {
  using Meter = mastering::LoudnessMeter;
  FOCUS_ASSIGN_OR_RETURN(Meter meter, Meter::create(music.channel_count(), music.sample_rate(),
                                                    Meter::TruePeak::left_out));
  const std::int64_t piece = 4 * std::int64_t{music.sample_rate()};
  for (std::int64_t done = 0; done < music.frames(); done += piece) {
    if (cancel.cancelled()) return cancelled_error();
    meter.add(music.view().subview(done, std::min(piece, music.frames() - done)));
  }
  return meter.integrated_lufs();
}

/// What is heard of the scenes in `frames` frames from `start` on, with `gain`.
absl::StatusOr<audio::AudioBuffer> play_scenes(const plan::Brief& brief, std::int64_t start,
                                               std::int64_t frames, int rate, float gain,
                                               const CancelToken& cancel) {
  audio::AudioBuffer played(audio::kChannels, frames, rate);
  // The offset is removed by a filter that needs a fifth of a second.
  Landscape landscape(brief.scenes, brief.seed, rate, start - rate / 5, Landscape::Sum::as_asked);
  Stereo block;
  for (std::int64_t blocks = 0; landscape.frame() < start + frames; ++blocks) {
    if (blocks % kBlocksBetweenChecks == 0 && cancel.cancelled()) return cancelled_error();
    const std::int64_t frame = landscape.frame();
    landscape.render(block);
    const std::int64_t first = std::clamp<std::int64_t>(start - frame, 0, kBlock);
    const std::int64_t last = std::min<std::int64_t>(start + frames - frame, kBlock);
    open_session(frame, rate, block);
    for (std::int64_t i = first; i < last; ++i) {
      played.samples(0)[static_cast<std::size_t>(frame + i - start)] = gain * block.left[i];
      played.samples(1)[static_cast<std::size_t>(frame + i - start)] = gain * block.right[i];
    }
  }
  return played;
}

void add(const audio::AudioBuffer& what, audio::AudioBuffer& to) {
  for (int c = 0; c < audio::kChannels; ++c) {
    const auto from = what.samples(c);
    const auto into = to.samples(c);
    for (std::size_t i = 0; i < into.size(); ++i) into[i] += from[i];
  }
}

}  // namespace

absl::Status check_scenes(const plan::Request& /*request*/) { return absl::OkStatus(); }

absl::Status lay_scenes(const plan::Brief& brief, audio::AudioBuffer& music,
                        const CancelToken& cancel) {
  if (!brief.scenes.names_scenes()) return absl::OkStatus();
  FOCUS_ASSIGN_OR_RETURN(const double lufs, music_lufs(music, cancel));
  if (!std::isfinite(lufs)) return absl::OkStatus();
  const dsp::FlushDenormals flush;
  const int rate = scenery_rate(music.sample_rate());
  const std::int64_t start = std::llround(brief.start_seconds * rate);
  const std::int64_t frames = audio::resampled_frames(music.frames(), music.sample_rate(), rate);
  const auto gain = static_cast<float>(dsp::gain_of_db(lufs - kSceneLufs));
  FOCUS_ASSIGN_OR_RETURN(audio::AudioBuffer played,
                         play_scenes(brief, start, frames, rate, gain, cancel));
  if (rate != music.sample_rate()) {
    FOCUS_ASSIGN_OR_RETURN(played, resample(played, music.sample_rate(), music.frames(), cancel));
  }
  add(played, music);
  return absl::OkStatus();
}

}  // namespace focus::core::engines
