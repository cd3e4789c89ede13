// SPDX-License-Identifier: MIT
#include "engines/studio/mix/ensemble.h"

#include <algorithm>

#include "base/random.h"
#include "engines/studio/voices/bass.h"
#include "engines/studio/voices/instruments.h"
#include "engines/studio/voices/kit.h"

namespace focus::core::engines::studio {
Ensemble::Ensemble(const Composer& composer, const Clock& clock, std::uint64_t seed, int rate)
    : clock_(clock),
      pad_(composer.palette().pad, rate / 2, composer.style().pad_attack_seconds,
           1.4 * composer.style().pad_attack_seconds + 0.4, composer.style().pad_swell),
      upper_pad_(composer.palette().upper_pad, rate / 2, 1.3 * composer.style().pad_attack_seconds,
                 1.6 * composer.style().pad_attack_seconds + 0.4, 0.45),
      kit_(std::make_unique<KitVoice>(rate, composer.style().lead_brightness)),
      texture_(composer.palette().bed,
               static_cast<std::uint32_t>(Random(seed).fork("texture").bits()), rate / 2,
               composer.style().texture_cutoff_hertz),
      textured_(composer.style().texture) {
  const Style& style = composer.style();
  const Palette& palette = composer.palette();
  const bool driving = style.bass == BassFigure::driving;
  bass_ = std::make_unique<BassVoice>(palette.bass, rate / 2,
                                      driving       ? BassTouch{0.006, 3.0, 0.3}
                                      : style.sinks ? BassTouch{4.0, 200.0, 14.0}
                                                    : BassTouch{0.06, 80.0, 1.6});
  lead_ = make_voice(palette.lead, rate / 2,
                     {style.lead_brightness, 1.0, style.softest_attack_seconds});
  ostinato_ =
      make_voice(palette.ostinato, rate / 2,
                 {0.8 * style.lead_brightness, driving ? 0.5 : 0.8, style.softest_attack_seconds});
}

Voice* Ensemble::voice_of(Layer layer) const {
  switch (layer) {
    case Layer::bass:
      return bass_.get();
    case Layer::ostinato:
      return ostinato_.get();
    case Layer::kit:
      return kit_.get();
    case Layer::pad:
    case Layer::upper_pad:
    case Layer::lead:
      break;
  }
  return lead_.get();
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
    cue.voice = note.layer == Layer::pad         ? &pad_
                : note.layer == Layer::upper_pad ? &upper_pad_
                                                 : voice_of(note.layer);
    if (note.layer == Layer::pad) pad_.prepare(note.pitch);
    if (note.layer == Layer::upper_pad) upper_pad_.prepare(note.pitch);
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
    kit_->start(hits_[next_hit_].note);
    ++next_hit_;
  }
  buses.clear();
  const auto play = [&](Voice& voice, HalfBlock& bus) {
    voice.render(half, kHalfBlock, bus.left.data(), bus.right.data());
  };
  play(pad_, buses.pad);
  play(upper_pad_, buses.upper_pad);
  play(*bass_, buses.bass);
  play(*lead_, buses.lead);
  play(*ostinato_, buses.ostinato);
  if (textured_)
    texture_.render(half, kHalfBlock, 1.0f, buses.texture.left.data(), buses.texture.right.data());
  for (int part = 0; part < kFullBlock; part += Voice::kMaxBlock) {
    kit_->render(frame + part, Voice::kMaxBlock, buses.kit.left.data() + part,
                 buses.kit.right.data() + part);
  }
}

}  // namespace focus::core::engines::studio
