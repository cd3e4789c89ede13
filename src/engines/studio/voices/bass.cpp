// SPDX-License-Identifier: MIT
#include "engines/studio/voices/bass.h"

#include "dsp/kernels.h"
#include "dsp/math.h"

namespace focus::core::engines::studio {

void BassVoice::start(const VoiceNote& note) {
  notes_.take(note.onset) = {note, dsp::phase_step(dsp::hertz_of_pitch(note.pitch), rate_)};
}

void BassVoice::render(std::int64_t frame, int frames, float* left, float* right) {
  notes_.render(frame, frames, [&](const Slot& slot, int late, int count) {
    return play(slot, frame + late, count, left + late, right + late);
  });
}

bool BassVoice::play(const Slot& slot, std::int64_t frame, int frames, float* left,
                     float* right) const {
  const VoiceNote& note = slot.note;
  const auto held = static_cast<double>(note.release - note.onset);
  const auto level = [&](double age) {
    return note.velocity * struck_level(age, touch_.attack * rate_, touch_.t60 * rate_, held,
                                        touch_.release_t60 * rate_);
  };
  const auto age = static_cast<double>(frame - note.onset);
  const double start_level = level(age), end_level = level(age + frames);
  if (age > touch_.attack * rate_ && start_level < 2e-5) return false;
  const float scale = 1.0f / static_cast<float>(frames);
  const auto gain = static_cast<float>(start_level);
  const float gain_step = (static_cast<float>(end_level) - gain) * scale;
  // The upper partials decay first.
  const auto bite = static_cast<float>(dsp::power_of_two(-6.0 * age / (1.2 * rate_)));
  const float second = sound_ == BassSound::round ? 0.22f + 0.1f * bite : 0.35f + 0.2f * bite;
  const float third = sound_ == BassSound::round ? 0.06f + 0.1f * bite : 0.16f + 0.25f * bite;
  const float fifth = 0.02f + 0.08f * bite;
  const std::uint32_t phase = static_cast<std::uint32_t>(frame - note.onset) * slot.step;
  dsp::kernels().add_partials({phase, slot.step}, {gain, gain_step}, {second, third, fifth}, frames,
                              left, right);
  return true;
}

}  // namespace focus::core::engines::studio
