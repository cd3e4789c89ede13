// SPDX-License-Identifier: MIT
#include "engines/studio/voices/kit.h"

#include "dsp/math.h"
#include "dsp/noise.h"
#include "engines/studio/score/note.h"

namespace focus::core::engines::studio {

void KitVoice::start(const VoiceNote& note) {
  Slot slot;
  slot.note = note;
  const double open = 0.8 + 0.5 * brightness_;
  const double own = 1.0 + 0.06 * static_cast<double>(dsp::white_noise(note.key, 1));
  switch (note.pitch) {
    case kShaker:
      slot.band.set(4800.0 * open * own, 0.9, rate_);
      slot.t60 = 0.13;
      slot.attack = 0.018;  // the beads of a shaker do not hit at once
      slot.gain = 0.5f;
      break;
    case kHat:
      slot.band.set(7000.0 * open * own, 0.8, rate_);
      slot.t60 = 0.11;
      slot.attack = 0.002;
      slot.gain = 0.4f;
      break;
    case kRim:
      slot.band.set(1900.0 * own, 2.5, rate_);
      slot.t60 = 0.09;
      slot.attack = 0.0015;
      slot.gain = 0.45f;
      slot.tone = 0.5f;
      slot.tone_step = dsp::phase_step(830.0 * own, rate_);
      break;
    default:
      slot.t60 = 0.45;
      slot.attack = 0.003;
      break;
  }
  notes_.take(note.onset) = slot;
}

void KitVoice::render(std::int64_t frame, int frames, float* left, float* right) {
  notes_.render(frame, frames, [&](Slot& slot, int late, int count) {
    if (static_cast<double>(frame + late - slot.note.onset) > 1.2 * slot.t60 * rate_) return false;
    return slot.note.pitch == kKick
               ? play_kick(slot, frame + late, count, left + late, right + late)
               : play_noise(slot, frame + late, count, left + late, right + late);
  });
}

bool KitVoice::play_noise(Slot& slot, std::int64_t frame, int frames, float* left,
                          float* right) const {
  const VoiceNote& note = slot.note;
  const auto age = static_cast<double>(frame - note.onset);
  const auto level = [&](double at) {
    return struck_level(at, slot.attack * rate_, slot.t60 * rate_, 1e9, 1.0);
  };
  const float gain = slot.gain * note.velocity * static_cast<float>(level(age));
  const float after = slot.gain * note.velocity * static_cast<float>(level(age + frames));
  const float step = (after - gain) / static_cast<float>(frames);
  const auto n = static_cast<std::uint32_t>(frame - note.onset);
  const float left_gain = note.left_gain(), right_gain = note.right_gain();
  float y[kMaxBlock];
  for (int i = 0; i < frames; ++i) {
    y[i] = dsp::white_noise(note.key, n + static_cast<std::uint32_t>(i));
  }
  for (int i = 0; i < frames; ++i) y[i] = slot.band.bandpass(y[i]);
  if (slot.tone > 0.0f) {
    for (int i = 0; i < frames; ++i) {
      const std::uint32_t at = n + static_cast<std::uint32_t>(i);
      y[i] += slot.tone * dsp::sine_of_phase(at * slot.tone_step);
    }
  }
  for (int i = 0; i < frames; ++i) {
    const float level_now = gain + static_cast<float>(i) * step;
    left[i] += left_gain * level_now * y[i];
    right[i] += right_gain * level_now * y[i];
  }
  return true;
}

bool KitVoice::play_kick(const Slot& slot, std::int64_t frame, int frames, float* left,
                         float* right) const {
  const VoiceNote& note = slot.note;
  const auto age = static_cast<double>(frame - note.onset);
  const auto level = [&](double at) {
    return static_cast<double>(note.velocity) *
           struck_level(at, slot.attack * rate_, slot.t60 * rate_, 1e9, 1.0);
  };
  // The pitch is 46 Hz, plus 90 Hz that decay within a few hundredths of a second. The phase in
  // turns is its integral.
  const double fall = 0.022 * rate_;
  const auto turns = [&](double at) {
    return (46.0 * at + 90.0 * fall * (1.0 - dsp::power_of_two(-1.4427 * at / fall))) / rate_;
  };
  const double t0 = turns(age), t1 = turns(age + frames);
  const auto to_phase = [](double t) {
    return static_cast<std::uint32_t>(static_cast<std::int64_t>(t * 4294967296.0));
  };
  const std::uint32_t phase = to_phase(t0);
  const std::uint32_t step = to_phase((t1 - t0) / frames);
  auto gain = static_cast<float>(level(age));
  const float gain_step =
      (static_cast<float>(level(age + frames)) - gain) / static_cast<float>(frames);
  for (int i = 0; i < frames; ++i) {
    const float y = gain * dsp::sine_of_phase(phase + static_cast<std::uint32_t>(i) * step);
    gain += gain_step;
    left[i] += y;
    right[i] += y;
  }
  return true;
}

}  // namespace focus::core::engines::studio
