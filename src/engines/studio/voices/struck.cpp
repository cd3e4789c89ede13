// SPDX-License-Identifier: MIT
#include "engines/studio/voices/struck.h"

#include <cmath>

#include "dsp/math.h"

namespace focus::core::studio {

std::array<dsp::ModalBank::Mode, dsp::ModalBank::kModes> StruckVoice::modes_of(
    const VoiceNote& note) const {
  std::array<dsp::ModalBank::Mode, dsp::ModalBank::kModes> modes;
  const double hertz = dsp::hertz_of_pitch(note.pitch);
  const double hardness =
      std::clamp(0.25 + 0.6 * brightness_ + 0.5 * (note.velocity - 0.4), 0.0, 1.2);
  for (std::size_t m = 0; m < modes.size(); ++m) {
    const auto k = static_cast<double>(m + 1);
    if (body_ == StruckBody::pluck) {
      // A stiff string plucked at a fifth of its length.
      modes[m].hertz = hertz * k * std::sqrt(1.0 + 0.00025 * k * k);
      const double place = std::fabs(dsp::sine_turns(0.5 * k * 0.21));
      modes[m].amplitude = place * dsp::power_of_two(-(k - 1.0) * (1.5 - 0.95 * hardness));
      modes[m].t60_seconds = (3.4 - 0.025 * (note.pitch - 50)) / (0.6 + 0.4 * k);
    } else {
      // A tuned bar: the second mode a double octave up, the others above and brief.
      static constexpr std::array<double, 8> kRatios = {1.0, 4.0, 2.0, 9.2, 3.0, 10.0, 6.0, 16.2};
      static constexpr std::array<double, 8> kGains = {1.0,  0.35, 0.07, 0.16,
                                                       0.05, 0.05, 0.04, 0.05};
      static constexpr std::array<double, 8> kTimes = {2.8, 1.0, 1.6, 0.28, 1.0, 0.3, 0.4, 0.12};
      modes[m].hertz = hertz * kRatios[m];
      modes[m].amplitude = kGains[m] * dsp::power_of_two(-1.6 * std::log2(kRatios[m]) *
                                                         (1.0 - std::min(1.0, hardness)));
      modes[m].t60_seconds = kTimes[m] * (1.0 - 0.008 * (note.pitch - 60));
    }
  }
  for (auto& mode : modes) mode.t60_seconds *= ring_;
  return modes;
}

void StruckVoice::start(const VoiceNote& note) {
  const std::int64_t onset = note.onset / 2 * 2;  // the bank goes by twos
  Slot& slot = notes_.take(onset);
  slot.note = note;
  slot.note.onset = onset;
  slot.begun = false;
  const auto modes = modes_of(note);
  slot.ends = static_cast<std::int64_t>(1.05 * modes[0].t60_seconds * rate_);
}

void StruckVoice::render(std::int64_t frame, int frames, float* left, float* right) {
  notes_.render(frame, frames, [&](Slot& slot, int late, int count) {
    const std::int64_t age = frame + late - slot.note.onset;
    if (age > slot.ends) return false;
    if (!slot.begun) {
      slot.bank.strike(modes_of(slot.note), rate_, age);
      slot.begun = true;
    }
    float ring[kMaxBlock];
    slot.bank.render(ring, count);
    const float gain = 0.8f * slot.note.velocity;
    const float left_gain = gain * slot.note.left_gain();
    const float right_gain = gain * slot.note.right_gain();
    // A hand is no impulse: the first two milliseconds come up.
    const float soft = 500.0f / static_cast<float>(rate_);
    const auto since = static_cast<float>(age);
    if (since * soft < 1.0f) {
      for (int i = 0; i < count; ++i) {
        ring[i] *= std::min(1.0f, (since + static_cast<float>(i)) * soft);
      }
    }
    for (int i = 0; i < count; ++i) {
      left[late + i] += left_gain * ring[i];
      right[late + i] += right_gain * ring[i];
    }
    return true;
  });
}

}  // namespace focus::core::studio
