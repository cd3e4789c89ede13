// SPDX-License-Identifier: MIT
#include "engines/studio/voices/pad.h"

#include <algorithm>

#include "dsp/math.h"
#include "dsp/noise.h"

namespace focus::core::engines::studio {
namespace {

/// Adds one side of a block: two heads, each with a linear gain.
void mix_heads(const float* a, const float* b, const float (&from)[2], const float (&to)[2],
               int frames, float* out) {
  const float scale = 1.0f / static_cast<float>(frames);
  const float step_a = (to[0] - from[0]) * scale, step_b = (to[1] - from[1]) * scale;
  for (int i = 0; i < frames; ++i) {
    const auto x = static_cast<float>(i);
    out[i] += (from[0] + x * step_a) * a[i] + (from[1] + x * step_b) * b[i];
  }
}

}  // namespace

PadVoice::PadVoice(PadSound sound, int rate, double attack_seconds, double release_seconds,
                   double swell)
    : sound_(sound),
      rate_(rate),
      attack_(attack_seconds * rate),
      release_(release_seconds * rate),
      swell_(swell),
      hop_(static_cast<std::int64_t>(1.3 * rate) / kMaxBlock * kMaxBlock) {}

void PadVoice::prepare(int pitch) {
  auto& table = tables_[pitch];
  if (table == nullptr) table = pad_table(sound_, pitch, rate_);
}

void PadVoice::start(const VoiceNote& note) {
  const auto found = tables_.find(note.pitch);
  if (found == tables_.end()) return;
  notes_.take(note.onset) = {note, found->second.get(),
                             dsp::phase_step(dsp::hertz_of_pitch(note.pitch), rate_)};
}

/// Which face a head reads that starts at `frame`. It follows a wave of all notes and one of the
/// note, and a strong note is full more often.
std::size_t PadVoice::face_of(const VoiceNote& note, std::int64_t frame, std::uint32_t side) const {
  const double seconds = static_cast<double>(frame) / rate_;
  const double all = dsp::drift(0x9AD5U + static_cast<std::uint32_t>(sound_), seconds / 17.0);
  const double own = dsp::drift(note.key + 13U * (1U + side), seconds / 5.0);
  return 0.7 * all + 0.45 * own + 2.0 * (static_cast<double>(note.velocity) - 0.55) > 0.0 ? 1 : 0;
}

double PadVoice::level(const VoiceNote& note, std::int64_t frame) const {
  const auto age = static_cast<double>(frame - note.onset);
  const double over = static_cast<double>(frame - note.release);
  const double rise = smooth(age / attack_);
  const double fall = over > 0.0 ? smooth(1.0 - over / release_) : 1.0;
  const double period = 3.2 + 0.8 * (note.key & 3U);
  const double swell =
      (1.0 - swell_) + swell_ * dsp::drift(note.key, static_cast<double>(frame) / rate_ / period);
  // Long notes are swelled: they are full a little before their middle.
  const double x = age / static_cast<double>(std::max<std::int64_t>(note.release - note.onset, 1));
  const double arch = x < 0.4 ? smooth(x / 0.4) : 1.0 - 0.7 * smooth((x - 0.4) / 0.6);
  return rise * fall * swell * (0.72 + 0.4 * arch) * static_cast<double>(note.velocity);
}

void PadVoice::render(std::int64_t frame, int frames, float* left, float* right) {
  notes_.render(frame, frames, [&](const Slot& slot, int late, int count) {
    return play(slot, frame + late, count, left + late, right + late);
  });
}

void PadVoice::add_fundamental(const Slot& slot, double level_from, double level_to,
                               std::int64_t frame, int frames, float* left, float* right) const {
  const float amplitude = slot.table->fundamental;
  const float from = amplitude * static_cast<float>(level_from);
  const float step = (amplitude * static_cast<float>(level_to) - from) / static_cast<float>(frames);
  const std::uint32_t phase =
      slot.note.key + static_cast<std::uint32_t>(frame - slot.note.onset) * slot.fundamental_step;
  // The fundamental is panned only half as far as the note; otherwise it would shift the whole
  // chord.
  const float left_gain = 0.5f + 0.5f * slot.note.left_gain();
  const float right_gain = 0.5f + 0.5f * slot.note.right_gain();
  for (int i = 0; i < frames; ++i) {
    const float y =
        (from + static_cast<float>(i) * step) *
        dsp::sine_of_phase(phase + static_cast<std::uint32_t>(i) * slot.fundamental_step);
    left[i] += left_gain * y;
    right[i] += right_gain * y;
  }
}

bool PadVoice::play(const Slot& slot, std::int64_t frame, int frames, float* left,
                    float* right) const {
  const VoiceNote& note = slot.note;
  if (static_cast<double>(frame - note.release) > release_) return false;
  // The heads restart on the block grid, at a different time for each note.
  const std::int64_t phase = static_cast<std::int64_t>(note.key % 509U) * kMaxBlock;
  const std::int64_t turn = (frame + phase) / hop_;
  const std::int64_t inside = (frame + phase) % hop_;
  const auto head_levels = [&](std::int64_t at, double level, float(&gains)[2]) {
    const double u = 0.25 * static_cast<double>(at) / static_cast<double>(hop_);
    gains[0] = static_cast<float>(level * dsp::cosine_turns(u));  // the head that fades out
    gains[1] = static_cast<float>(level * dsp::sine_turns(u));
  };
  float from[2], to[2];
  const double level_from = level(note, frame), level_to = level(note, frame + frames);
  head_levels(inside, level_from, from);
  head_levels(inside + frames, level_to, to);
  const auto head = [&](std::int64_t number, std::uint32_t side, std::int64_t since) {
    const std::uint32_t start =
        dsp::hash32(static_cast<std::uint32_t>(number) * 2U + side + note.key);
    const std::size_t face = face_of(note, frame - since, side);
    return slot.table->faces[face].data() +
           ((start + static_cast<std::uint32_t>(since)) & PadTable::kMask);
  };
  const auto side = [&](std::uint32_t which, float gain, float* out) {
    const float scaled_from[2] = {from[0] * gain, from[1] * gain};
    const float scaled_to[2] = {to[0] * gain, to[1] * gain};
    mix_heads(head(turn, which, hop_ + inside), head(turn + 1, which, inside), scaled_from,
              scaled_to, frames, out);
  };
  side(0, note.left_gain(), left);
  side(1, note.right_gain(), right);
  add_fundamental(slot, level_from, level_to, frame, frames, left, right);
  return true;
}

}  // namespace focus::core::engines::studio
