// SPDX-License-Identifier: MIT
#include "engines/studio/voices/struck.h"

#include <cmath>

#include "dsp/kernels.h"
#include "dsp/math.h"
#include "dsp/noise.h"

namespace focus::core::engines::studio {

StruckVoice::Modes StruckVoice::modes_of(const VoiceNote& note) const {
  Modes modes;
  const double hertz = dsp::hertz_of_pitch(note.pitch);
  const double hardness =
      std::clamp(0.2 + 0.6 * touch_.brightness + 0.9 * (note.velocity - 0.4), 0.0, 1.15);
  const double level = dsp::gain_of_db(body_.level_db);
  const double octaves_up = (note.pitch - 60) / 12.0;
  const double first_ring =
      touch_.ring * body_.t60_seconds *
      dsp::power_of_two(octaves_up * dsp::logarithm_of_two(body_.t60_per_octave));
  for (std::size_t m = 0; m < modes.size(); ++m) {
    // The point of the stroke, and so the balance of the modes, is slightly different for each
    // note.
    const double place =
        1.0 + 0.15 * static_cast<double>(dsp::white_noise(note.key, static_cast<std::uint32_t>(m)));
    const bool twin = m > 0 && body_.ratio[m] == body_.ratio[m - 1];
    modes[m].hertz = hertz * body_.ratio[m] + (twin ? body_.beat_hertz : 0.0);
    modes[m].amplitude =
        place * body_.gain[m] * level *
        dsp::gain_of_db(-body_.softness * dsp::logarithm_of_two(body_.ratio[m]) * (1.0 - hardness));
    modes[m].t60_seconds = std::max(0.02, first_ring * body_.ring[m]);
  }
  return modes;
}

void StruckVoice::start(const VoiceNote& note) {
  const std::int64_t onset = note.onset / 2 * 2;  // the modal bank renders pairs of frames
  Slot& slot = notes_.take(onset);
  slot.note = note;
  slot.note.onset = onset;
  slot.begun = false;
  slot.modes = modes_of(note);
  slot.touch = dsp::Svf();
  slot.touch.set(body_.noise_hertz, 0.7, rate_);
  // A soft stroke is softer still in its noise, and under a dark hand there is little of it.
  slot.noise_level = dsp::gain_of_db(body_.noise_db + body_.level_db) *
                     static_cast<double>(note.velocity) * (0.4 + 1.2 * touch_.brightness);
  slot.noise_fall = dsp::decay_factor(body_.noise_seconds * rate_);
  slot.ends = static_cast<std::int64_t>(1.05 * slot.modes[0].t60_seconds * rate_);
}

void StruckVoice::add_noise(Slot& slot, std::int64_t age, int frames, float* out) const {
  const double ends = 1.2 * body_.noise_seconds * rate_;
  if (static_cast<double>(age) > ends) return;
  const double fallen = dsp::power_of_two(-9.965784284662087 * static_cast<double>(age) /
                                          (body_.noise_seconds * rate_));
  auto gain = static_cast<float>(slot.noise_level * fallen);
  const auto fall = static_cast<float>(slot.noise_fall);
  float noise[kMaxBlock];
  dsp::kernels().noise(slot.note.key ^ 0x5EEDU, static_cast<std::uint32_t>(age), frames, noise);
  slot.touch.bandpass(noise, frames);
  for (int i = 0; i < frames; ++i) {
    out[i] += gain * noise[i];
    gain *= fall;
  }
}

void StruckVoice::add_tremolo(std::int64_t frame, int frames, float* samples) const {
  const auto at = [&](std::int64_t f) {
    const double turns = body_.tremolo_hertz * static_cast<double>(f) / rate_;
    return static_cast<float>(1.0 + body_.tremolo_depth * dsp::sine_turns(turns));
  };
  float gain = at(frame);
  const float step = (at(frame + frames) - gain) / static_cast<float>(frames);
  for (int i = 0; i < frames; ++i) {
    samples[i] *= gain;
    gain += step;
  }
}

void StruckVoice::render(std::int64_t frame, int frames, float* left, float* right) {
  notes_.render(frame, frames, [&](Slot& slot, int late, int count) {
    const std::int64_t age = frame + late - slot.note.onset;
    if (age > slot.ends) return false;
    if (!slot.begun) {
      slot.bank.strike(slot.modes, rate_, age);
      slot.begun = true;
    }
    float ring[kMaxBlock];
    slot.bank.render(ring, count);
    if (body_.tremolo_depth > 0.0) add_tremolo(frame + late, count, ring);
    add_noise(slot, age, count, ring);
    const float gain = 0.8f * slot.note.velocity;
    const float left_gain = gain * slot.note.left_gain();
    const float right_gain = gain * slot.note.right_gain();
    // A finger or hammer is not an impulse: the tone rises within the attack time.
    const auto rise = static_cast<float>(1.0 / (std::max(0.002, touch_.attack_seconds) * rate_));
    const auto since = static_cast<float>(age);
    if (since * rise < 1.0f) {
      for (int i = 0; i < count; ++i) {
        const float x = std::min(1.0f, (since + static_cast<float>(i)) * rise);
        ring[i] *= x * x * (3.0f - 2.0f * x);
      }
    }
    dsp::kernels().add_panned(ring, {left_gain, right_gain}, count, left + late, right + late);
    return true;
  });
}

}  // namespace focus::core::engines::studio
