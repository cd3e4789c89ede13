// SPDX-License-Identifier: MIT
#include "engines/studio/voices/kit.h"

#include <algorithm>
#include <array>

#include "dsp/math.h"
#include "dsp/noise.h"
#include "engines/studio/score/note.h"

namespace focus::core::engines::studio {
namespace {

using enum KitSound::Filter;
#define KIT_PART(...) \
  { __VA_ARGS__ }
#define SOUND(pitch, body, noise, metal, attack, strokes, group, fade) \
  {pitch, KIT_PART body, KIT_PART noise, KIT_PART metal, attack, strokes, group, fade},
constexpr KitSound kKitSounds[] = {
#include "engines/studio/voices/kit_sounds.inc"
};
#undef SOUND
#undef KIT_PART

const KitSound& kit_sound_of(int pitch) {
  const auto* found = std::find_if(std::begin(kKitSounds), std::end(kKitSounds),
                                   [pitch](const KitSound& sound) { return sound.pitch == pitch; });
  return found == std::end(kKitSounds) ? kKitSounds[0] : *found;
}

/// The four tones whose products make eight inharmonic partials between 3.5 and 10.1 kHz.
constexpr std::array<double, 4> kMetalHertz = {6210.0, 7430.0, 1530.0, 2680.0};
/// The hands of a clap do not meet at once.
constexpr double kHandSeconds = 0.0095, kHandT60 = 0.03;

double decay(double age, double t60) { return dsp::power_of_two(-9.965784284662087 * age / t60); }

/// Two levels, at the first frame of a block and per frame, between which a part's level moves.
struct Slope {
  Slope(double from, double to, int frames)
      : level(static_cast<float>(from)), step(static_cast<float>((to - from) / frames)) {}
  float at(int i) const { return level + static_cast<float>(i) * step; }
  float level, step;
};

}  // namespace

void KitVoice::start(const VoiceNote& note) {
  Slot slot;
  slot.note = note;
  slot.sound = &kit_sound_of(note.pitch);
  const KitSound& sound = *slot.sound;
  // A hard stroke is brighter than a soft one, and rings longer.
  const double open = (0.8 + 0.4 * brightness_) * (0.82 + 0.3 * static_cast<double>(note.velocity));
  const double own = 1.0 + 0.05 * static_cast<double>(dsp::white_noise(note.key, 1));
  if (sound.noise.filter == high) {
    slot.filter.set(sound.noise.hertz * open * own, sound.noise.q, rate_);
  } else {
    slot.filter.set(sound.noise.hertz * (sound.pitch == kRim ? 1.0 : open) * own, sound.noise.q,
                    rate_);
  }
  const double ring = 0.7 + 0.4 * static_cast<double>(note.velocity);
  slot.noise_t60 = sound.noise.t60 * ring * rate_;
  slot.noise_gain = static_cast<float>(sound.noise.gain);
  for (std::size_t i = 0; i < slot.metal.size(); ++i) {
    slot.metal[i] = dsp::phase_step(kMetalHertz[i] * sound.metal.pitch * own, rate_);
  }
  double longest = slot.noise_t60 + sound.strokes * kHandSeconds * rate_;
  if (sound.body.gain > 0.0) longest = std::max(longest, sound.body.t60 * rate_);
  if (sound.metal.gain > 0.0) longest = std::max(longest, sound.metal.t60 * rate_);
  slot.life = longest;
  if (sound.group > 0) struck_[static_cast<std::size_t>(sound.group)] = note.onset;
  notes_.take(note.onset) = slot;
}

void KitVoice::render(std::int64_t frame, int frames, float* left, float* right) {
  notes_.render(frame, frames, [&](Slot& slot, int late, int count) {
    return play(slot, frame + late, count, left + late, right + late);
  });
}

bool KitVoice::play(Slot& slot, std::int64_t frame, int frames, float* left, float* right) const {
  const KitSound& sound = *slot.sound;
  const VoiceNote& note = slot.note;
  const auto age = static_cast<double>(frame - note.onset);
  if (age > slot.life) return false;
  if (sound.group > 0 && slot.cut == kNever) {
    const std::int64_t last = struck_[static_cast<std::size_t>(sound.group)];
    if (last > note.onset) slot.cut = last;
  }
  const double fade = sound.fade * rate_;
  const auto kept = [&](double at) {
    if (slot.cut == kNever) return 1.0;
    return std::clamp(1.0 - (at - static_cast<double>(slot.cut)) / fade, 0.0, 1.0);
  };
  const auto at = static_cast<double>(frame);
  if (kept(at) == 0.0) return false;

  float y[kMaxBlock] = {};
  if (sound.body.gain > 0.0) add_body(slot, age, frames, y);
  if (slot.noise_gain > 0.0f && age < slot.noise_t60 + sound.strokes * kHandSeconds * rate_) {
    add_noise(slot, age, frames, y);
  }
  if (sound.metal.gain > 0.0) add_metal(slot, age, frames, y);

  const Slope level(static_cast<double>(note.velocity) * kept(at),
                    static_cast<double>(note.velocity) * kept(at + frames), frames);
  const auto first = static_cast<float>(age),
             rise = static_cast<float>(1.0 / (sound.attack * rate_));
  const float left_gain = note.left_gain(), right_gain = note.right_gain();
  for (int i = 0; i < frames; ++i) {
    const float attack = std::min(1.0f, rise * (first + static_cast<float>(i)));
    const float out = attack * level.at(i) * y[i];
    left[i] += left_gain * out;
    right[i] += right_gain * out;
  }
  return true;
}

void KitVoice::add_body(const Slot& slot, double age, int frames, float* y) const {
  const KitSound::Body& body = slot.sound->body;
  const double t60 = body.t60 * rate_;
  if (age > t60) return;
  // The phase in turns is the integral of the falling pitch.
  const double fall = body.bend_seconds * rate_;
  const auto turns = [&](double at) {
    const double bent = body.bend * fall * (1.0 - dsp::power_of_two(-1.4426950409 * at / fall));
    return body.hertz * (at + bent) / rate_;
  };
  const auto to_phase = [](double t) {
    return static_cast<std::uint32_t>(static_cast<std::int64_t>(t * 4294967296.0));
  };
  const double start = turns(age);
  const std::uint32_t phase = to_phase(start);
  const std::uint32_t step = to_phase((turns(age + frames) - start) / frames);
  const Slope level(body.gain * decay(age, t60), body.gain * decay(age + frames, t60), frames);
  for (int i = 0; i < frames; ++i) {
    const float sine = dsp::sine_of_phase(phase + static_cast<std::uint32_t>(i) * step);
    // A flat top: its harmonics are what a small speaker has of a low drum.
    y[i] += level.at(i) * sine * (1.35f - 0.35f * sine * sine);
  }
}

void KitVoice::add_noise(Slot& slot, double age, int frames, float* y) const {
  const KitSound& sound = *slot.sound;
  const auto level_at = [&](double at) {
    const double hand = kHandSeconds * rate_;
    const double last = (sound.strokes - 1) * hand;
    if (at >= last) return decay(at - last, slot.noise_t60);
    return 0.8 * decay(at - dsp::floor_of(at / hand) * hand, kHandT60 * rate_);
  };
  const Slope level(level_at(age), level_at(age + frames), frames);
  const auto n = static_cast<std::uint32_t>(static_cast<std::int64_t>(age));
  // The mean of neighbours falls off towards half the rate, as a cymbal does.
  float white[kMaxBlock + 1], hiss[kMaxBlock];
  for (int i = 0; i <= frames; ++i) {
    white[i] = dsp::white_noise(slot.note.key, n + static_cast<std::uint32_t>(i));
  }
  for (int i = 0; i < frames; ++i) hiss[i] = 0.6f * (white[i] + white[i + 1]);
  if (sound.noise.filter == high) {
    slot.filter.highpass(hiss, frames);
  } else {
    for (int i = 0; i < frames; ++i) hiss[i] = slot.filter.bandpass(hiss[i]);
  }
  for (int i = 0; i < frames; ++i) y[i] += slot.noise_gain * level.at(i) * hiss[i];
}

void KitVoice::add_metal(const Slot& slot, double age, int frames, float* y) const {
  const KitSound::Metal& metal = slot.sound->metal;
  const double t60 = metal.t60 * rate_;
  if (age > t60) return;
  const Slope level(metal.gain * decay(age, t60), metal.gain * decay(age + frames, t60), frames);
  const auto n = static_cast<std::uint32_t>(static_cast<std::int64_t>(age));
  const auto& step = slot.metal;
  for (int i = 0; i < frames; ++i) {
    const std::uint32_t at = n + static_cast<std::uint32_t>(i);
    const float high_tones = dsp::sine_of_phase(at * step[0]) + dsp::sine_of_phase(at * step[1]);
    const float low_tones = dsp::sine_of_phase(at * step[2]) + dsp::sine_of_phase(at * step[3]);
    y[i] += level.at(i) * high_tones * low_tones;
  }
}

}  // namespace focus::core::engines::studio
