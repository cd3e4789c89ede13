// SPDX-License-Identifier: MIT
#include "engines/studio/voices/pad.h"

#include <algorithm>

#include "dsp/kernels.h"
#include "dsp/math.h"
#include "dsp/noise.h"

namespace focus::core::engines::studio {
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
  Slot slot;
  slot.note = note;
  slot.table = found->second.get();
  slot.fundamental_step = dsp::phase_step(dsp::hertz_of_pitch(note.pitch), rate_);
  notes_.take(note.onset) = slot;
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
  notes_.render(frame, frames, [&](Slot& slot, int late, int count) {
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
  const dsp::StereoGain gain = {0.5f + 0.5f * slot.note.left_gain(),
                                0.5f + 0.5f * slot.note.right_gain()};
  dsp::kernels().add_sine({phase, slot.fundamental_step}, {from, step}, gain, frames, left, right);
}

/// The frame on a note's own time axis, whose multiples of the hop are the restarts of its heads.
/// They lie on the block grid, at a different time for each note.
std::int64_t PadVoice::turning(const VoiceNote& note, std::int64_t frame) {
  return frame + static_cast<std::int64_t>(note.key % 509U) * kMaxBlock;
}

PadVoice::Heads PadVoice::heads_of(const VoiceNote& note, std::int64_t turn,
                                   std::uint32_t side) const {
  Heads heads;
  for (std::size_t i = 0; i < 2; ++i) {
    const std::int64_t number = turn + static_cast<std::int64_t>(i);
    const std::int64_t restart = (number - 1) * hop_ - turning(note, 0);
    heads.start[i] = dsp::hash32(static_cast<std::uint32_t>(number) * 2U + side + note.key);
    heads.face[i] = face_of(note, restart, side);
  }
  return heads;
}

bool PadVoice::play(Slot& slot, std::int64_t frame, int frames, float* left, float* right) const {
  const VoiceNote& note = slot.note;
  if (static_cast<double>(frame - note.release) > release_) return false;
  const std::int64_t at = turning(note, frame);
  const bool turns = slot.turn < 0 || at >= (slot.turn + 1) * hop_;
  if (turns) {
    slot.turn = at / hop_;
    for (std::uint32_t side = 0; side < 2; ++side) {
      slot.heads[side] = heads_of(note, slot.turn, side);
    }
  }
  const std::int64_t inside = at - slot.turn * hop_;
  const auto head_gains = [&](std::int64_t since, double level) {
    const double u = 0.25 * static_cast<double>(since) / static_cast<double>(hop_);
    return std::array<float, 2>{
        static_cast<float>(level * dsp::cosine_turns(u)),  // the head that fades out
        static_cast<float>(level * dsp::sine_turns(u))};
  };
  // A block begins as the last one ended, unless the heads have turned.
  const bool goes_on = slot.next_frame == frame;
  const double level_from = goes_on ? slot.level : level(note, frame);
  const auto from = goes_on && !turns ? slot.gains : head_gains(inside, level_from);
  const double level_to = level(note, frame + frames);
  const auto to = head_gains(inside + frames, level_to);
  slot.next_frame = frame + frames;
  slot.level = level_to;
  slot.gains = to;
  const auto side = [&](std::size_t which, float gain, float* out) {
    const Heads& heads = slot.heads[which];
    const auto head = [&](std::size_t i, std::int64_t since) {
      return slot.table->faces[heads.face[i]].data() +
             ((heads.start[i] + static_cast<std::uint32_t>(since)) & PadTable::kMask);
    };
    const float scale = 1.0f / static_cast<float>(frames);
    const auto ramp = [&](std::size_t i) {
      const float first = from[i] * gain;
      return dsp::Ramp{first, (to[i] * gain - first) * scale};
    };
    dsp::kernels().crossfade(head(0, hop_ + inside), ramp(0), head(1, inside), ramp(1), frames,
                             out);
  };
  side(0, note.left_gain(), left);
  side(1, note.right_gain(), right);
  add_fundamental(slot, level_from, level_to, frame, frames, left, right);
  return true;
}

}  // namespace focus::core::engines::studio
