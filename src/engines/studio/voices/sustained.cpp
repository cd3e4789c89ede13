// SPDX-License-Identifier: MIT
#include "engines/studio/voices/sustained.h"

#include <cmath>

#include "dsp/math.h"
#include "dsp/noise.h"

namespace focus::core::engines::studio {
namespace {

constexpr SustainedBody kBowed = {.soft = {1.0f, 0.42f, 0.3f, 0.12f, 0.06f, 0.03f, 0.02f, 0.0f},
                                  .full = {0.0f, 0.3f, 0.3f, 0.22f, 0.14f, 0.1f, 0.07f, 0.04f},
                                  .attack_seconds = 0.16,
                                  .release_seconds = 0.35,
                                  .vibrato_hertz = 5.3,
                                  .vibrato_cents = 11.0,
                                  .breath = 0.012f};
constexpr SustainedBody kFlute = {.soft = {1.0f, 0.16f, 0.06f, 0.015f, 0.0f, 0.0f, 0.0f, 0.0f},
                                  .full = {0.0f, 0.34f, 0.16f, 0.07f, 0.03f, 0.01f, 0.0f, 0.0f},
                                  .attack_seconds = 0.045,
                                  .release_seconds = 0.22,
                                  .vibrato_hertz = 4.8,
                                  .vibrato_cents = 6.0,
                                  .breath = 0.05f};
constexpr SustainedBody kOrgan = {.soft = {1.0f, 0.5f, 0.3f, 0.2f, 0.0f, 0.1f, 0.0f, 0.06f},
                                  .full = {0.0f, 0.2f, 0.1f, 0.2f, 0.0f, 0.1f, 0.0f, 0.1f},
                                  .attack_seconds = 0.03,
                                  .release_seconds = 0.12,
                                  .vibrato_hertz = 6.1,
                                  .vibrato_cents = 3.0,
                                  .breath = 0.008f};
constexpr SustainedBody kHum = {.soft = {1.0f, 0.5f, 0.14f, 0.05f, 0.02f, 0.01f, 0.0f, 0.0f},
                                .full = {0.0f, 0.3f, 0.2f, 0.1f, 0.05f, 0.04f, 0.02f, 0.01f},
                                .attack_seconds = 0.2,
                                .release_seconds = 0.4,
                                .vibrato_hertz = 5.0,
                                .vibrato_cents = 14.0,
                                .breath = 0.02f};

}  // namespace

const SustainedBody& sustained_body(plan::Instrument instrument) {
  switch (instrument) {
    case plan::Instrument::flute:
      return kFlute;
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
  for (std::size_t k = 0; k < SustainedBody::kPartials; ++k) {
    if (static_cast<double>(k + 1) * slot.hertz > 0.42 * rate_) break;
    slot.soft[k] = body_.soft[k];
    slot.full[k] = body_.full[k];
  }
  float power = 0.0f;
  for (const float amplitude : body_.soft) power += amplitude * amplitude;
  slot.gain = 0.47f / std::sqrt(power);
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
  const double depth = body_.vibrato_cents / 1731.23 * smooth((seconds - 0.25) / 0.6);
  const double sway = depth * slot.hertz / (2.0 * dsp::kPi * body_.vibrato_hertz) *
                      dsp::cosine_turns(body_.vibrato_hertz * seconds +
                                        static_cast<double>(note.key & 255U) / 256.0);
  state.turns = slot.hertz * seconds - sway;
  return state;
}

bool SustainedVoice::play(Slot& slot, std::int64_t frame, int frames, float* left,
                          float* right) const {
  const VoiceNote& note = slot.note;
  if (static_cast<double>(frame - note.release) > release_) return false;
  const State from = state_at(slot, frame - note.onset);
  const State to = state_at(slot, frame - note.onset + frames);
  const float scale = 1.0f / static_cast<float>(frames);
  const double whole = std::floor(from.turns);
  const auto phase = static_cast<float>(from.turns - whole);
  const float step = static_cast<float>(to.turns - from.turns) * scale;
  const float level_step = (to.level - from.level) * scale;
  const float pressure_step = (to.pressure - from.pressure) * scale;

  float tone[kMaxBlock];
  for (int i = 0; i < frames; ++i) {
    const auto x = static_cast<float>(i);
    float turns = phase + x * step;  // a few turns at most; reduced to half turns for the sine
    turns -= static_cast<float>(static_cast<int>(turns));
    const float half = 2.0f * turns - (turns > 0.5f ? 2.0f : 0.0f);
    const float quarter = turns + 0.25f;
    const float ahead = 2.0f * quarter - (quarter > 0.5f ? 2.0f : 0.0f);
    // sin((k + 1) x) = 2 cos(x) sin(k x) - sin((k - 1) x)
    const float twice_cosine = 2.0f * dsp::sine_half_turns(ahead);
    float before = 0.0f, now = dsp::sine_half_turns(half);
    float soft = slot.soft[0] * now, full = slot.full[0] * now;
    for (std::size_t k = 1; k < SustainedBody::kPartials; ++k) {
      const float next = twice_cosine * now - before;
      before = now;
      now = next;
      soft += slot.soft[k] * now;
      full += slot.full[k] * now;
    }
    tone[i] = soft + (from.pressure + x * pressure_step) * full;
  }
  const auto n = static_cast<std::uint32_t>(frame - note.onset);
  for (int i = 0; i < frames; ++i) {
    const float noise = dsp::white_noise(note.key, n + static_cast<std::uint32_t>(i));
    tone[i] += body_.breath * slot.breath.bandpass(noise);
  }
  const float left_gain = note.left_gain(), right_gain = note.right_gain();
  for (int i = 0; i < frames; ++i) {
    const float y = (from.level + static_cast<float>(i) * level_step) * tone[i];
    left[i] += left_gain * y;
    right[i] += right_gain * y;
  }
  return true;
}

}  // namespace focus::core::engines::studio
