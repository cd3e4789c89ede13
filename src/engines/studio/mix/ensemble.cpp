// SPDX-License-Identifier: MIT
#include "engines/studio/mix/ensemble.h"

#include <algorithm>

#include "base/random.h"
#include "engines/studio/voices/bass.h"
#include "engines/studio/voices/instruments.h"
#include "engines/studio/voices/kit.h"

namespace focus::core::engines::studio {
namespace {

BassTouch bass_touch_of(const Style& style) {
  if (style.bass == BassFigure::driving) return {0.006, 3.0, 0.3};
  if (style.sinks) return {4.0, 200.0, 14.0};
  if (style.bass == BassFigure::held) return {0.15, 160.0, 3.0};
  return {0.06, 80.0, 1.6};
}

}  // namespace

Ensemble::Ensemble(const Composer& composer, const Clock& clock, std::uint64_t seed, int rate)
    : clock_(clock),
      style_(composer.style()),
      rate_(rate),
      texture_(composer.palette().bed,
               static_cast<std::uint32_t>(Random(seed).fork("texture").bits()), rate / 2,
               style_.texture_cutoff_hertz) {}

std::unique_ptr<PadVoice> Ensemble::new_pad(const Player& player) const {
  const auto& [layer, number] = player;
  const auto sound = static_cast<PadSound>(number);
  const double attack = style_.pad_attack_seconds;
  if (layer == Layer::pad) {
    return std::make_unique<PadVoice>(sound, rate_ / 2, attack, 1.4 * attack + 0.4,
                                      style_.pad_swell);
  }
  return std::make_unique<PadVoice>(sound, rate_ / 2, 1.3 * attack, 1.6 * attack + 0.4, 0.45);
}

std::unique_ptr<Voice> Ensemble::new_voice(const Player& player) const {
  const auto& [layer, number] = player;
  const bool driving = style_.bass == BassFigure::driving;
  if (layer == Layer::kit) return std::make_unique<KitVoice>(rate_, style_.lead_brightness);
  if (layer == Layer::bass) {
    return std::make_unique<BassVoice>(static_cast<BassSound>(number), rate_ / 2,
                                       bass_touch_of(style_));
  }
  const auto instrument = static_cast<plan::Instrument>(number);
  if (layer == Layer::lead) {
    return make_voice(instrument, rate_ / 2,
                      {style_.lead_brightness, 1.0, style_.softest_attack_seconds});
  }
  return make_voice(
      instrument, rate_ / 2,
      {0.8 * style_.lead_brightness, driving ? 0.5 : 0.8, style_.softest_attack_seconds});
}

Voice& Ensemble::voice_of(const Player& player) {
  std::unique_ptr<Voice>& voice = voices_[player];
  if (voice == nullptr) voice = new_voice(player);
  return *voice;
}

PadVoice& Ensemble::pad_of(const Player& player) {
  std::unique_ptr<PadVoice>& pad = pads_[player];
  if (pad == nullptr) pad = new_pad(player);
  return *pad;
}

bool Ensemble::prepare(const std::vector<Note>& notes, const std::function<bool()>& cancelled) {
  for (const Note& note : notes) {
    if (cancelled()) return false;
    const bool kit = note.layer == Layer::kit;
    const int shift = kit ? 0 : 1;  // tonal voices count frames at half the rate
    Cue cue;
    cue.note.onset = clock_.frame_of(note.beat) >> shift;
    cue.note.release = clock_.frame_of(note.beat + note.beats) >> shift;
    cue.note.pitch = note.pitch;
    cue.note.velocity = note.velocity;
    cue.note.pan = note.pan;
    cue.note.key = note.key;
    const Player player{note.layer, note.sound};
    if (note.layer == Layer::pad || note.layer == Layer::upper_pad) {
      PadVoice& pad = pad_of(player);
      pad.prepare(note.pitch);
      cue.voice = &pad;
    } else {
      cue.voice = &voice_of(player);
    }
    (kit ? hits_ : cues_).push_back(cue);
  }
  const auto by_onset = [](const Cue& a, const Cue& b) { return a.note.onset < b.note.onset; };
  std::stable_sort(cues_.begin(), cues_.end(), by_onset);
  std::stable_sort(hits_.begin(), hits_.end(), by_onset);
  return true;
}

void Ensemble::render(std::int64_t frame, Buses& buses) {
  const std::int64_t half = frame / 2;
  while (next_cue_ < cues_.size() && cues_[next_cue_].note.onset < half + kHalfBlock) {
    cues_[next_cue_].voice->start(cues_[next_cue_].note);
    ++next_cue_;
  }
  while (next_hit_ < hits_.size() && hits_[next_hit_].note.onset < frame + kFullBlock) {
    hits_[next_hit_].voice->start(hits_[next_hit_].note);
    ++next_hit_;
  }
  buses.clear();
  for (const auto& [player, pad] : pads_) {
    HalfBlock& bus = player.first == Layer::pad ? buses.pad : buses.upper_pad;
    pad->render(half, kHalfBlock, bus.left.data(), bus.right.data());
  }
  for (const auto& [player, voice] : voices_) {
    if (player.first == Layer::kit) {
      for (int part = 0; part < kFullBlock; part += Voice::kMaxBlock) {
        voice->render(frame + part, Voice::kMaxBlock, buses.kit.left.data() + part,
                      buses.kit.right.data() + part);
      }
    } else {
      HalfBlock& bus = player.first == Layer::bass   ? buses.bass
                       : player.first == Layer::lead ? buses.lead
                                                     : buses.ostinato;
      voice->render(half, kHalfBlock, bus.left.data(), bus.right.data());
    }
  }
  if (style_.texture)
    texture_.render(half, kHalfBlock, 1.0f, buses.texture.left.data(), buses.texture.right.data());
}

}  // namespace focus::core::engines::studio
