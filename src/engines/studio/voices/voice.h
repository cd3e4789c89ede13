// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>

#include "dsp/math.h"

namespace focus::core::engines::studio {

/// A note for a voice. Frames are absolute, at the voice's sample rate.
struct VoiceNote {
  std::int64_t onset = 0;
  std::int64_t release = 0;
  int pitch = 60;
  float velocity = 0.5f;
  float pan = 0.0f;
  std::uint32_t key = 0;

  float left_gain() const { return std::min(1.0f, 1.0f - pan) * (1.0f - 0.15f * pan * pan); }
  float right_gain() const { return std::min(1.0f, 1.0f + pan) * (1.0f - 0.15f * pan * pan); }
};

/// One instrument. The sound of a note at a frame is a function of the note and the frame, and does
/// not depend on when rendering began: rendering may begin in the middle of a note.
class Voice {
 public:
  static constexpr int kMaxBlock = 64;

  virtual ~Voice() = default;
  /// Starts a note. Its onset must be before the end of the next block.
  virtual void start(const VoiceNote& note) = 0;
  /// Adds `frames` (at most kMaxBlock) frames, beginning with the absolute frame `frame`. Does not
  /// allocate.
  virtual void render(std::int64_t frame, int frames, float* left, float* right) = 0;
};

/// A fixed number of voices. If all are in use, the note that began first is dropped.
template <typename Slot, std::size_t kCount>
class Polyphony {
 public:
  Slot& take(std::int64_t onset) {
    std::size_t chosen = 0;
    for (std::size_t i = 0; i < kCount; ++i) {
      if (!active_[i]) {
        chosen = i;
        break;
      }
      if (onset_[i] < onset_[chosen]) chosen = i;
    }
    active_[chosen] = true;
    onset_[chosen] = onset;
    return slots_[chosen];
  }
  /// Calls play(slot, first frame, count) for each note that sounds in the block. The note ends if
  /// it returns false.
  template <typename Play>
  void render(std::int64_t frame, int frames, Play play) {
    for (std::size_t i = 0; i < kCount; ++i) {
      if (!active_[i]) continue;
      const std::int64_t late = std::clamp<std::int64_t>(onset_[i] - frame, 0, frames);
      if (late == frames) continue;
      active_[i] = play(slots_[i], static_cast<int>(late), frames - static_cast<int>(late));
    }
  }

 private:
  std::array<Slot, kCount> slots_{};
  std::array<std::int64_t, kCount> onset_{};
  std::array<bool, kCount> active_{};
};

/// The level of a struck note `age` frames after its onset: a short linear attack, a decay of 60 dB
/// in `t60` frames, and a faster decay after `held` frames, when it is released.
inline double struck_level(double age, double attack, double t60, double held, double release_t60) {
  if (age < 0.0) return 0.0;
  const double rise = age < attack ? age / attack : 1.0;
  const double let_go = age > held ? (age - held) / release_t60 : 0.0;
  return rise * dsp::power_of_two(-9.965784284662087 * (age / t60 + let_go));
}

/// A smooth step from 0 to 1 without corners (3x^2 - 2x^3).
inline double smooth(double x) {
  const double c = std::clamp(x, 0.0, 1.0);
  return c * c * (3.0 - 2.0 * c);
}

}  // namespace focus::core::engines::studio
