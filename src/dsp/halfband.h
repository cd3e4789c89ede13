// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <cstddef>

namespace focus::core::dsp {

/// The non-zero taps of a half-band low-pass (windowed sinc, Kaiser), without the centre tap, which
/// is the sample itself. Flat up to 0.21 of the higher sample rate; 75 dB of attenuation from 0.29
/// on.
inline constexpr int kHalfbandTaps = 32;
const std::array<float, kHalfbandTaps>& halfband_taps();

/// Doubles the sample rate: a block of n frames becomes 2 n. The delay is kHalfbandTaps / 2 frames
/// at the lower rate.
class Upsampler2x {
 public:
  static constexpr int kMaxFrames = 256;
  void process(const float* in, int frames, float* out);

 private:
  std::array<float, kMaxFrames + kHalfbandTaps> line_{};
};

/// Halves the sample rate: a block of 2 n frames becomes n.
class Downsampler2x {
 public:
  static constexpr int kMaxFrames = 256;  ///< at the lower rate
  void process(const float* in, int frames_out, float* out);

 private:
  std::array<float, kMaxFrames + kHalfbandTaps> even_{}, odd_{};
};

}  // namespace focus::core::dsp
