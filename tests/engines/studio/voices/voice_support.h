// SPDX-License-Identifier: MIT
// A voice on its own: notes go in, sound comes out, and is judged.
#pragma once

#include <algorithm>
#include <cmath>
#include <span>
#include <vector>

#include "engines/studio/voices/voice.h"

namespace focus::test {

using namespace focus::core::engines::studio;

/// Tonal voices play at half the engine's rate.
inline constexpr int kVoiceRate = 24000;

struct Sound {
  std::vector<float> left, right;

  std::span<const float> part(double from_seconds, double to_seconds, int rate = kVoiceRate) const {
    const auto from = static_cast<std::size_t>(from_seconds * rate);
    const auto to = std::min(left.size(), static_cast<std::size_t>(to_seconds * rate));
    return std::span(left).subspan(from, to - from);
  }
};

inline VoiceNote note_of(int pitch, double onset_seconds, double seconds, float velocity = 0.6f,
                         int rate = kVoiceRate) {
  VoiceNote note;
  note.onset = std::llround(onset_seconds * rate);
  note.release = note.onset + std::llround(seconds * rate);
  note.pitch = pitch;
  note.velocity = velocity;
  note.key = 0x5EED0000U + static_cast<std::uint32_t>(pitch);
  return note;
}

/// What a voice plays of `notes`, by onset, from one frame to another; both on the grid of blocks.
inline Sound sound_of(Voice& voice, const std::vector<VoiceNote>& notes, std::int64_t from,
                      std::int64_t to) {
  Sound sound;
  sound.left.resize(static_cast<std::size_t>(to - from));
  sound.right.resize(sound.left.size());
  std::size_t next = 0;
  for (std::int64_t frame = from; frame < to; frame += Voice::kMaxBlock) {
    while (next < notes.size() && notes[next].onset < frame + Voice::kMaxBlock) {
      voice.start(notes[next++]);
    }
    const auto at = static_cast<std::size_t>(frame - from);
    voice.render(frame, Voice::kMaxBlock, &sound.left[at], &sound.right[at]);
  }
  return sound;
}

inline std::int64_t on_grid(double seconds, int rate = kVoiceRate) {
  return std::llround(seconds * rate) / Voice::kMaxBlock * Voice::kMaxBlock;
}

inline Sound sound_of(Voice& voice, const std::vector<VoiceNote>& notes, double seconds,
                      int rate = kVoiceRate) {
  return sound_of(voice, notes, 0, on_grid(seconds, rate));
}

inline double rms(std::span<const float> samples) {
  double sum = 0.0;
  for (const float x : samples) sum += static_cast<double>(x) * static_cast<double>(x);
  return std::sqrt(sum / static_cast<double>(samples.size()));
}

inline double mean(std::span<const float> samples) {
  double sum = 0.0;
  for (const float x : samples) sum += static_cast<double>(x);
  return sum / static_cast<double>(samples.size());
}

inline double peak(std::span<const float> samples) {
  double most = 0.0;
  for (const float x : samples) most = std::max(most, std::fabs(static_cast<double>(x)));
  return most;
}

inline bool all_finite(std::span<const float> samples) {
  return std::all_of(samples.begin(), samples.end(), [](float x) { return std::isfinite(x); });
}

/// The sharpest corner in [from, to): the largest second difference.
inline double sharpest_corner(std::span<const float> samples, std::int64_t from, std::int64_t to) {
  double most = 0.0;
  for (auto i = static_cast<std::size_t>(from); i < static_cast<std::size_t>(to); ++i) {
    most = std::max(most, std::fabs(static_cast<double>(samples[i + 1]) -
                                    2.0 * static_cast<double>(samples[i]) +
                                    static_cast<double>(samples[i - 1])));
  }
  return most;
}

inline double cents_between(double hertz, double other) {
  return 1200.0 * std::log2(hertz / other);
}

/// How far `b` is from `a`, in dB of `a`.
inline double difference_db(std::span<const float> a, std::span<const float> b) {
  std::vector<float> difference(a.size());
  for (std::size_t i = 0; i < a.size(); ++i) difference[i] = a[i] - b[i];
  return 20.0 * std::log10((rms(difference) + 1e-12) / (rms(a) + 1e-12));
}

}  // namespace focus::test
