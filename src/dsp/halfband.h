// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <cstddef>

namespace focus::core::dsp {

/// The taps that are not zero of a half-band low-pass (Kaiser window): flat to 0.21 of the higher
/// rate, 75 dB down from 0.29 on.
inline constexpr int kHalfbandTaps = 32;
const std::array<float, kHalfbandTaps>& halfband_taps();

/// Twice the rate: blocks of n in, 2 n out. Delays by kHalfbandTaps / 2 frames of the lower rate.
class Upsampler2x {
 public:
  static constexpr int kMaxFrames = 256;
  void process(const float* in, int frames, float* out);

 private:
  std::array<float, kMaxFrames + kHalfbandTaps> line_{};
};

/// Half the rate: blocks of 2 n in, n out.
class Downsampler2x {
 public:
  static constexpr int kMaxFrames = 256;  ///< of the lower rate
  void process(const float* in, int frames_out, float* out);

 private:
  std::array<float, kMaxFrames + kHalfbandTaps> even_{}, odd_{};
};

}  // namespace focus::core::dsp
