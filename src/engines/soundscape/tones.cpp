// SPDX-License-Identifier: MIT
#include "engines/soundscape/tones.h"

#include "dsp/math.h"
#include "engines/soundscape/life.h"

namespace focus::core::engines::soundscape {

dsp::StereoGain panned(double pan) {
  const double turns = 0.125 * (1.0 + pan);
  return {static_cast<float>(1.4142135623730951 * dsp::cosine_turns(turns)),
          static_cast<float>(1.4142135623730951 * dsp::sine_turns(turns))};
}

void Tones::begin(const Tone& tone) {
  if (playing_.size() >= kMost || tone.hertz > 0.45 * rate_) return;
  Playing playing;
  playing.tone = tone;
  playing.gain = panned(tone.pan);
  playing.age = -tone.delay;
  playing.struck = tone.level;
  playing.fall = dsp::decay_factor(tone.seconds * rate_ / kStep);
  playing_.push_back(playing);
}

bool Tones::play(Playing& playing, Stereo& out) const {
  const Tone& tone = playing.tone;
  const double step_seconds = static_cast<double>(kStep) / rate_;
  for (int i = 0; i < kBlock; i += kStep) {
    playing.age += step_seconds;
    if (playing.age <= 0.0) continue;
    const double part = playing.age / tone.seconds;
    float level = 0.0f;
    if (part < 1.0) {
      const double rise = playing.age < tone.attack ? playing.age / tone.attack : 1.0;
      if (tone.shape == Tone::Shape::struck) {
        playing.struck *= playing.fall;
        level = static_cast<float>(rise * playing.struck);
      } else {
        const double left = tone.seconds - playing.age;
        const double end = left < tone.attack ? left / tone.attack : 1.0;
        const double both = rise * end;
        level = static_cast<float>(tone.level * both * both * (3.0 - 2.0 * both));
      }
    }
    double octaves = tone.octaves * part + tone.arch * 4.0 * part * (1.0 - part);
    if (tone.vibrato_hertz > 0.0) {
      octaves += tone.vibrato_octaves * dsp::sine_turns(tone.vibrato_hertz * playing.age);
    }
    const double hertz = octaves == 0.0 ? tone.hertz : tone.hertz * dsp::power_of_two(octaves);
    const std::uint32_t step = dsp::phase_step(limit(hertz, 10.0, 0.45 * rate_), rate_);
    const dsp::Ramp ramp{playing.level, (level - playing.level) / kStep};
    dsp::kernels().add_sine({playing.phase, step}, ramp, playing.gain, kStep, out.left + i,
                            out.right + i);
    playing.phase += kStep * step;
    playing.level = level;
    if (part >= 1.0) return false;
  }
  return true;
}

void Tones::render(Stereo& out) {
  std::size_t kept = 0;
  for (std::size_t n = 0; n < playing_.size(); ++n) {
    if (play(playing_[n], out)) playing_[kept++] = playing_[n];
  }
  playing_.resize(kept);
}

}  // namespace focus::core::engines::soundscape
