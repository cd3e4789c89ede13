// SPDX-License-Identifier: MIT
#include "engines/studio/voices/sustained.h"

#include <cmath>

#include "dsp/kernels.h"
#include "dsp/math.h"
#include "dsp/noise.h"

namespace focus::core::engines::studio {
namespace {

constexpr SustainedBody kBowed = {
    .soft = {1.0f, 0.46f, 0.32f, 0.15f, 0.08f, 0.05f, 0.03f, 0.02f},
    .full = {0.0f, 0.3f, 0.3f, 0.24f, 0.18f, 0.13f, 0.1f, 0.08f, 0.06f, 0.05f, 0.03f, 0.02f},
    .attack_seconds = 0.16,
    .release_seconds = 0.35,
    .vibrato_hertz = 5.3,
    .vibrato_cents = 13.0,
    .breath = 0.016f,
    .hiss = 0.012f,
    .formants = {{{500, 160, 0.5}, {1100, 300, 0.4}, {2600, 700, 0.7}}}};
/// A cello: more body, a slower bow, and a vibrato that comes late.
constexpr SustainedBody kCello = {
    .soft = {1.0f, 0.6f, 0.36f, 0.22f, 0.13f, 0.08f, 0.05f, 0.03f, 0.02f},
    .full = {0.0f, 0.34f, 0.36f, 0.3f, 0.25f, 0.2f, 0.16f, 0.12f, 0.1f, 0.07f, 0.05f, 0.04f},
    .attack_seconds = 0.13,
    .release_seconds = 0.45,
    .vibrato_hertz = 5.0,
    .vibrato_cents = 13.0,
    .breath = 0.02f,
    .hiss = 0.016f,
    .formants = {{{260, 90, 0.5}, {600, 160, 0.6}, {1500, 450, 0.7}}}};
constexpr SustainedBody kFlute = {.soft = {1.0f, 0.16f, 0.06f, 0.015f},
                                  .full = {0.0f, 0.36f, 0.18f, 0.08f, 0.04f, 0.02f},
                                  .attack_seconds = 0.045,
                                  .release_seconds = 0.22,
                                  .vibrato_hertz = 4.8,
                                  .vibrato_cents = 8.0,
                                  .breath = 0.06f,
                                  .hiss = 0.03f};
/// A tenor saxophone, or near it: a full reed with a band around 1.3 kHz, and much breath.
constexpr SustainedBody kSaxophone = {
    .soft = {1.0f, 0.7f, 0.45f, 0.22f, 0.1f, 0.05f, 0.03f, 0.02f},
    .full = {0.0f, 0.35f, 0.45f, 0.4f, 0.3f, 0.22f, 0.17f, 0.13f, 0.1f, 0.07f, 0.05f, 0.04f},
    .attack_seconds = 0.05,
    .release_seconds = 0.16,
    .vibrato_hertz = 5.1,
    .vibrato_cents = 15.0,
    .breath = 0.045f,
    .hiss = 0.03f,
    .formants = {{{620, 180, 0.5}, {1300, 320, 0.9}, {2900, 700, 0.5}}}};
/// A horn: round when it is soft, and full of partials when it is blown hard.
constexpr SustainedBody kBrass = {
    .soft = {1.0f, 0.5f, 0.2f, 0.08f, 0.03f, 0.01f},
    .full = {0.0f, 0.45f, 0.5f, 0.45f, 0.36f, 0.28f, 0.21f, 0.15f, 0.1f, 0.07f, 0.05f, 0.03f},
    .attack_seconds = 0.08,
    .release_seconds = 0.2,
    .vibrato_hertz = 4.6,
    .vibrato_cents = 5.0,
    .breath = 0.02f,
    .hiss = 0.008f,
    .formants = {{{480, 180, 0.6}, {1200, 400, 0.3}, {2000, 600, 0.2}}}};
/// Drawbars, and a slow rotor.
constexpr SustainedBody kOrgan = {
    .soft = {1.0f, 0.5f, 0.3f, 0.2f, 0.0f, 0.1f, 0.0f, 0.06f},
    .full = {0.0f, 0.2f, 0.16f, 0.24f, 0.06f, 0.14f, 0.0f, 0.16f, 0.0f, 0.05f},
    .attack_seconds = 0.03,
    .release_seconds = 0.12,
    .vibrato_hertz = 6.1,
    .vibrato_cents = 5.0,
    .breath = 0.01f,
    .hiss = 0.01f};
constexpr SustainedBody kHum = {.soft = {1.0f, 0.5f, 0.14f, 0.05f, 0.02f, 0.01f},
                                .full = {0.0f, 0.34f, 0.24f, 0.14f, 0.08f, 0.05f, 0.03f, 0.02f},
                                .attack_seconds = 0.2,
                                .release_seconds = 0.4,
                                .vibrato_hertz = 5.0,
                                .vibrato_cents = 14.0,
                                .breath = 0.026f,
                                .hiss = 0.02f,
                                .formants = {{{520, 170, 0.8}, {980, 220, 0.4}, {2700, 450, 0.4}}}};

double resonance_of(const SustainedBody& body, double hertz) {
  double sum = 1.0;
  for (const auto& [centre, width, gain] : body.formants) {
    if (gain == 0.0) continue;
    const double x = (hertz - centre) / width;
    sum += gain / (1.0 + x * x);
  }
  return sum;
}

/// What a partial adds to the loudness, against a low one: close to the shelf of ITU-R BS.1770-4.
double loudness_weight(double hertz) {
  const double x = hertz / 1650.0;
  return 1.0 + 0.585 * x * x / (1.0 + x * x);
}

/// The pressure at which all bodies are equally loud.
constexpr float kUsualPressure = 0.5f;

}  // namespace

const SustainedBody& sustained_body(plan::Instrument instrument) {
  switch (instrument) {
    case plan::Instrument::flute:
      return kFlute;
    case plan::Instrument::cello:
      return kCello;
    case plan::Instrument::brass:
      return kBrass;
    case plan::Instrument::saxophone:
      return kSaxophone;
    case plan::Instrument::organ:
      return kOrgan;
    case plan::Instrument::choir:
      return kHum;
    default:
      return kBowed;
  }
}

SustainedVoice::SustainedVoice(const SustainedBody& body, int rate, const Touch& touch)
    : body_(body),
      rate_(rate),
      touch_(touch),
      attack_(std::max(body.attack_seconds, touch.attack_seconds) * rate),
      release_(std::max(body.release_seconds, touch.attack_seconds) * rate) {}

void SustainedVoice::start(const VoiceNote& note) {
  Slot slot;
  slot.note = note;
  slot.hertz = dsp::hertz_of_pitch(note.pitch);
  slot.breath.set(2.0 * slot.hertz, 1.2, rate_);
  slot.hiss.set_cutoff(3000.0, rate_);
  double power = 0.0;
  for (int k = 0; k < SustainedBody::kPartials; ++k) {
    const double hertz = (k + 1) * slot.hertz;
    if (hertz > 0.42 * rate_) break;
    const auto n = static_cast<std::size_t>(k);
    const auto resonance = static_cast<float>(resonance_of(body_, hertz));
    slot.soft[n] = resonance * body_.soft[n];
    slot.full[n] = resonance * body_.full[n];
    if (body_.soft[n] + body_.full[n] > 0.0f) slot.partials = k + 1;
    const double heard =
        loudness_weight(hertz) * static_cast<double>(slot.soft[n] + kUsualPressure * slot.full[n]);
    power += heard * heard;
  }
  slot.gain = static_cast<float>(0.6 / std::sqrt(power));
  notes_.take(note.onset) = slot;
}

void SustainedVoice::render(std::int64_t frame, int frames, float* left, float* right) {
  notes_.render(frame, frames, [&](Slot& slot, int late, int count) {
    return play(slot, frame + late, count, left + late, right + late);
  });
}

SustainedVoice::State SustainedVoice::state_at(const Slot& slot, std::int64_t age) const {
  const VoiceNote& note = slot.note;
  const auto at = static_cast<double>(age);
  const double seconds = at / rate_;
  const double over = at - static_cast<double>(note.release - note.onset);
  const double envelope = smooth(at / attack_) * (over > 0.0 ? smooth(1.0 - over / release_) : 1.0);
  const double wander = dsp::drift(note.key, 1.6 * seconds);
  State state;
  state.level = slot.gain * note.velocity * static_cast<float>(envelope * (1.0 + 0.14 * wander));
  state.pressure = static_cast<float>(std::clamp(
      (0.35 + 1.3 * touch_.brightness) * (note.velocity + 0.12 * wander) * envelope, 0.0, 1.2));
  // The phase is the integral of a frequency that varies by a few cents.
  // Each note has a rate of its own, and the more of it the longer it is held.
  const double rate = body_.vibrato_hertz * (0.94 + 0.0005 * static_cast<double>(note.key & 255U));
  const double depth = body_.vibrato_cents / 1731.23 *
                       (0.75 * smooth((seconds - 0.25) / 0.7) + 0.35 * smooth(seconds / 3.0 - 0.4));
  const double sway =
      depth * slot.hertz / (2.0 * dsp::kPi * rate) *
      dsp::cosine_turns(rate * seconds + static_cast<double>((note.key >> 8) & 255U) / 256.0);
  state.turns = slot.hertz * seconds - sway;
  return state;
}

void SustainedVoice::add_tone(const Slot& slot, const State& from, const State& to, int frames,
                              float* out) {
  const float scale = 1.0f / static_cast<float>(frames);
  const double whole = std::floor(from.turns);
  const auto phase = static_cast<float>(from.turns - whole);
  const float step = static_cast<float>(to.turns - from.turns) * scale;
  const float pressure_step = (to.pressure - from.pressure) * scale;
  // sin((k + 1) x) = 2 cos(x) sin(k x) - sin((k - 1) x), partial by partial, so that the loops over
  // the frames can be vectorised.
  float twice_cosine[kMaxBlock], before[kMaxBlock], now[kMaxBlock], pressure[kMaxBlock];
  for (int i = 0; i < frames; ++i) {
    const auto x = static_cast<float>(i);
    float turns = phase + x * step;  // a few turns at most; reduced to half turns for the sine
    turns -= static_cast<float>(static_cast<int>(turns));
    const float half = 2.0f * turns - (turns > 0.5f ? 2.0f : 0.0f);
    const float quarter = turns + 0.25f;
    const float ahead = 2.0f * quarter - (quarter > 0.5f ? 2.0f : 0.0f);
    twice_cosine[i] = 2.0f * dsp::sine_half_turns(ahead);
    before[i] = 0.0f;
    now[i] = dsp::sine_half_turns(half);
    pressure[i] = from.pressure + x * pressure_step;
    out[i] = 0.0f;
  }
  for (int k = 0; k < slot.partials; ++k) {
    const float soft = slot.soft[static_cast<std::size_t>(k)];
    const float full = slot.full[static_cast<std::size_t>(k)];
    for (int i = 0; i < frames; ++i) {
      out[i] += (soft + pressure[i] * full) * now[i];
      const float next = twice_cosine[i] * now[i] - before[i];
      before[i] = now[i];
      now[i] = next;
    }
  }
}

bool SustainedVoice::play(Slot& slot, std::int64_t frame, int frames, float* left,
                          float* right) const {
  const VoiceNote& note = slot.note;
  if (static_cast<double>(frame - note.release) > release_) return false;
  const State from = slot.next_frame == frame ? slot.next : state_at(slot, frame - note.onset);
  const State to = state_at(slot, frame - note.onset + frames);
  slot.next_frame = frame + frames;
  slot.next = to;
  float tone[kMaxBlock];
  add_tone(slot, from, to, frames, tone);
  const auto n = static_cast<std::uint32_t>(frame - note.onset);
  // The harder the pressure, the more of the bow and of the air is heard.
  const float breath = body_.breath, hiss = body_.hiss * (0.6f + from.pressure);
  float noise[kMaxBlock];
  dsp::kernels().noise(note.key, n, frames, noise);
  dsp::Svf breath_filter = slot.breath;  // in registers
  dsp::OnePole hiss_filter = slot.hiss;
  for (int i = 0; i < frames; ++i) {
    const float x = noise[i];
    tone[i] += breath * breath_filter.bandpass(x) + hiss * (x - hiss_filter.lowpass(x));
  }
  slot.breath = breath_filter;
  slot.hiss = hiss_filter;
  const float level_step = (to.level - from.level) / static_cast<float>(frames);
  const float left_gain = note.left_gain(), right_gain = note.right_gain();
  for (int i = 0; i < frames; ++i) {
    const float y = (from.level + static_cast<float>(i) * level_step) * tone[i];
    left[i] += left_gain * y;
    right[i] += right_gain * y;
  }
  return true;
}

}  // namespace focus::core::engines::studio
