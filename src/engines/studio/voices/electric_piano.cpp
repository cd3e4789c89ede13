// SPDX-License-Identifier: MIT
#include "engines/studio/voices/electric_piano.h"

#include <cmath>

#include "dsp/math.h"

namespace focus::core::engines::studio {

void ElectricPiano::start(const VoiceNote& note) {
  Slot slot;
  slot.note = note;
  const double hertz = dsp::hertz_of_pitch(note.pitch);
  const double velocity = note.velocity;
  slot.carrier_step = dsp::phase_step(hertz, rate_);
  const double tine = std::min(std::floor(6000.0 / hertz), 14.0);
  slot.tine_step = dsp::phase_step(hertz * tine, rate_);
  slot.t60 = (6.5 - 0.045 * (note.pitch - 48)) * touch_.ring * rate_;
  slot.body_index = (0.35 + 1.3 * touch_.brightness) * (0.35 + velocity);
  slot.tine_index = 0.12 * (0.3 + touch_.brightness) * velocity;
  notes_.take(note.onset) = slot;
}

void ElectricPiano::render(std::int64_t frame, int frames, float* left, float* right) {
  notes_.render(frame, frames, [&](const Slot& slot, int late, int count) {
    return play(slot, frame + late, count, left + late, right + late);
  });
}

bool ElectricPiano::play(const Slot& slot, std::int64_t frame, int frames, float* left,
                         float* right) const {
  const VoiceNote& note = slot.note;
  const auto held = static_cast<double>(note.release - note.onset);
  const double attack = std::max(0.004, touch_.attack_seconds) * rate_;
  const auto level = [&](double age) {
    return note.velocity * struck_level(age, attack, slot.t60, held, 1.1 * rate_);
  };
  const auto age = static_cast<double>(frame - note.onset);
  const double start_level = level(age), end_level = level(age + frames);
  if (age > attack && start_level < 2e-5) return false;
  const auto fall = [&](double at, double t60) { return dsp::power_of_two(-10.0 * at / t60); };
  // Modulation indices in units of the 32-bit phase (2^32 is one turn).
  constexpr double kTurn = 4294967296.0 / (2.0 * dsp::kPi);
  const auto indices = [&](double at, float& body, float& tine) {
    body = static_cast<float>(kTurn * slot.body_index * (0.25 + 0.75 * fall(at, 2.2 * rate_)));
    tine = static_cast<float>(kTurn * slot.tine_index * fall(at, 0.5 * rate_));
  };
  float body, tine, body_after, tine_after;
  indices(age, body, tine);
  indices(age + frames, body_after, tine_after);

  const float scale = 1.0f / static_cast<float>(frames);
  const auto gain = static_cast<float>(start_level);
  const float gain_step = (static_cast<float>(end_level) - gain) * scale;
  const float body_step = (body_after - body) * scale, tine_step = (tine_after - tine) * scale;
  const auto n = static_cast<std::uint32_t>(frame - note.onset);
  // Both modulators start at phase 0 and keep a fixed relation to the carrier. Otherwise a sideband
  // at 0 Hz could be a DC offset.
  const std::uint32_t carrier = n * slot.carrier_step;
  const std::uint32_t tine_phase = n * slot.tine_step;
  // The tremolo moves between the sides, in phase for all notes.
  const auto sway = [&](std::int64_t at) {
    return 0.14f * static_cast<float>(dsp::sine_turns(3.7 * static_cast<double>(at) / rate_));
  };
  const float sway_from = sway(frame), sway_step = (sway(frame + frames) - sway_from) * scale;
  const float left_gain = note.left_gain(), right_gain = note.right_gain();
  for (int i = 0; i < frames; ++i) {
    const auto k = static_cast<std::uint32_t>(i);
    const auto x = static_cast<float>(i);
    const float bend =
        (body + x * body_step) * dsp::sine_of_phase(carrier + k * slot.carrier_step) +
        (tine + x * tine_step) * dsp::sine_of_phase(tine_phase + k * slot.tine_step);
    const auto shift = static_cast<std::uint32_t>(static_cast<std::int32_t>(bend));
    const float y =
        (gain + x * gain_step) * dsp::sine_of_phase(carrier + k * slot.carrier_step + shift);
    const float swayed = (sway_from + x * sway_step) * y;
    left[i] += left_gain * (y + swayed);
    right[i] += right_gain * (y - swayed);
  }
  return true;
}

}  // namespace focus::core::engines::studio
