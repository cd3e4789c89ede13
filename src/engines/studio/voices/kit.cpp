// SPDX-License-Identifier: MIT
#include "engines/studio/voices/kit.h"

#include <algorithm>
#include <array>

#include "dsp/kernels.h"
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

/// From one level at the first frame of a block to another after its last.
dsp::Ramp slope(double from, double to, int frames) {
  return {static_cast<float>(from), static_cast<float>((to - from) / frames)};
}

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

// All strokes of a block are looked at first, so that their noises can be filtered at once.
void KitVoice::render(std::int64_t frame, int frames, float* left, float* right) {
  std::array<Stroke, kNotes> strokes;
  std::size_t count = 0;
  notes_.render(frame, frames, [&](Slot& slot, int late, int sounding) {
    Stroke& stroke = strokes[count];
    stroke.late = late;
    stroke.count = sounding;
    if (!sounds(slot, frame + late, stroke)) return false;
    ++count;
    return true;
  });
  std::array<Hiss, kNotes> hisses;
  const std::span sounding = std::span(strokes).first(count);
  make_hisses(sounding, hisses, frames);
  for (std::size_t i = 0; i < count; ++i) {
    const int late = strokes[i].late;
    play(strokes[i], frame + late, hisses[i], left + late, right + late);
  }
}

double KitVoice::kept_at(const Slot& slot, double frame) const {
  if (slot.cut == kNever) return 1.0;
  const double fade = slot.sound->fade * rate_;
  return std::clamp(1.0 - (frame - static_cast<double>(slot.cut)) / fade, 0.0, 1.0);
}

/// Whether anything is left of a note at `frame`; where it is, fills in `stroke`.
bool KitVoice::sounds(Slot& slot, std::int64_t frame, Stroke& stroke) const {
  stroke.slot = &slot;
  stroke.age = static_cast<double>(frame - slot.note.onset);
  if (stroke.age > slot.life) return false;
  const int group = slot.sound->group;
  if (group > 0 && slot.cut == kNever) {
    const std::int64_t last = struck_[static_cast<std::size_t>(group)];
    if (last > slot.note.onset) slot.cut = last;
  }
  stroke.kept = kept_at(slot, static_cast<double>(frame));
  stroke.goes_on = slot.end.frame == frame;
  slot.end.frame = frame + stroke.count;
  return stroke.kept > 0.0;
}

bool KitVoice::has_noise(const Stroke& stroke) const {
  const Slot& slot = *stroke.slot;
  return slot.noise_gain > 0.0f &&
         stroke.age < slot.noise_t60 + slot.sound->strokes * kHandSeconds * rate_;
}

/// Fills the noise of those that have one, four at a time. Before its first frame a noise is
/// silent, and so its filter stays as it is.
void KitVoice::make_hisses(std::span<Stroke> strokes, std::span<Hiss> hisses, int frames) const {
  dsp::Svf idle;
  Hiss nothing{};
  std::array<dsp::Svf*, 4> filters;
  std::array<float*, 4> channels;
  std::array<float, 4> dry, band, low;
  int waiting = 0;
  const auto clear = [&] {
    filters.fill(&idle);
    channels.fill(nothing.data());
    dry.fill(0.0f), band.fill(0.0f), low.fill(0.0f);
    waiting = 0;
  };
  const auto filter = [&] {
    const dsp::FourSvf::Shares shares = {dsp::load4(dry.data()), dsp::load4(band.data()),
                                         dsp::load4(low.data())};
    dsp::FourSvf(filters, shares).process(channels, frames);
    clear();
  };
  clear();
  for (std::size_t i = 0; i < strokes.size(); ++i) {
    const Stroke& stroke = strokes[i];
    if (!has_noise(stroke)) continue;
    Slot& slot = *stroke.slot;
    const auto n = static_cast<std::uint32_t>(static_cast<std::int64_t>(stroke.age));
    // The mean of neighbours falls off towards half the rate, as a cymbal does.
    float white[kMaxBlock + 1];
    dsp::kernels().noise(slot.note.key, n, stroke.count + 1, white);
    std::fill_n(hisses[i].data(), stroke.late, 0.0f);
    float* const hiss = hisses[i].data() + stroke.late;
    for (int k = 0; k < stroke.count; ++k) hiss[k] = 0.6f * (white[k] + white[k + 1]);
    const auto lane = static_cast<std::size_t>(waiting++);
    const bool is_high = slot.sound->noise.filter == high;
    filters[lane] = &slot.filter;
    channels[lane] = hisses[i].data();
    dry[lane] = is_high ? 1.0f : 0.0f;
    band[lane] = is_high ? -slot.filter.k() : slot.filter.k();
    low[lane] = is_high ? -1.0f : 0.0f;
    if (waiting == 4) filter();
  }
  if (waiting > 0) filter();
}

void KitVoice::play(const Stroke& stroke, std::int64_t frame, const Hiss& hiss, float* left,
                    float* right) const {
  const Slot& slot = *stroke.slot;
  const KitSound& sound = *slot.sound;
  const VoiceNote& note = slot.note;
  const int frames = stroke.count;
  float y[kMaxBlock] = {};
  if (sound.body.gain > 0.0) add_body(stroke, y);
  if (has_noise(stroke)) add_noise(stroke, hiss.data() + stroke.late, y);
  if (sound.metal.gain > 0.0) add_metal(stroke, y);

  const auto at = static_cast<double>(frame);
  const dsp::Ramp level =
      slope(static_cast<double>(note.velocity) * stroke.kept,
            static_cast<double>(note.velocity) * kept_at(slot, at + frames), frames);
  const auto first = static_cast<float>(stroke.age),
             rise = static_cast<float>(1.0 / (sound.attack * rate_));
  dsp::kernels().shape(level, first, rise, frames, y);
  dsp::kernels().add_panned(y, {note.left_gain(), note.right_gain()}, frames, left, right);
}

void KitVoice::add_body(const Stroke& stroke, float* y) const {
  Slot& slot = *stroke.slot;
  const KitSound::Body& body = slot.sound->body;
  const double t60 = body.t60 * rate_, age = stroke.age;
  const int frames = stroke.count;
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
  const double start = stroke.goes_on ? slot.end.turns : turns(age);
  const double from = stroke.goes_on ? slot.end.body : body.gain * decay(age, t60);
  slot.end.turns = turns(age + frames);
  slot.end.body = body.gain * decay(age + frames, t60);
  const std::uint32_t phase = to_phase(start);
  const std::uint32_t step = to_phase((slot.end.turns - start) / frames);
  // A flat top: its harmonics are what a small speaker has of a low drum.
  dsp::kernels().add_flat_sine({phase, step}, slope(from, slot.end.body, frames), frames, y);
}

void KitVoice::add_noise(const Stroke& stroke, const float* hiss, float* y) const {
  Slot& slot = *stroke.slot;
  const KitSound& sound = *slot.sound;
  const auto level_at = [&](double at) {
    const double hand = kHandSeconds * rate_;
    const double last = (sound.strokes - 1) * hand;
    if (at >= last) return decay(at - last, slot.noise_t60);
    return 0.8 * decay(at - dsp::floor_of(at / hand) * hand, kHandT60 * rate_);
  };
  const double from = stroke.goes_on ? slot.end.noise : level_at(stroke.age);
  slot.end.noise = level_at(stroke.age + stroke.count);
  dsp::kernels().add(hiss, slot.noise_gain, slope(from, slot.end.noise, stroke.count), stroke.count,
                     y);
}

void KitVoice::add_metal(const Stroke& stroke, float* y) const {
  Slot& slot = *stroke.slot;
  const KitSound::Metal& metal = slot.sound->metal;
  const double t60 = metal.t60 * rate_, age = stroke.age;
  if (age > t60) return;
  const double from = stroke.goes_on ? slot.end.metal : metal.gain * decay(age, t60);
  slot.end.metal = metal.gain * decay(age + stroke.count, t60);
  const auto n = static_cast<std::uint32_t>(static_cast<std::int64_t>(age));
  std::array<dsp::Phase, 4> phases;
  for (std::size_t i = 0; i < phases.size(); ++i) phases[i] = {n * slot.metal[i], slot.metal[i]};
  dsp::kernels().add_metal(phases, slope(from, slot.end.metal, stroke.count), stroke.count, y);
}

}  // namespace focus::core::engines::studio
