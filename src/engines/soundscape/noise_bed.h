// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <cstdint>

#include "base/random.h"
#include "dsp/float4.h"
#include "engines/soundscape/voice.h"

namespace focus::core::engines::soundscape {

/// One block of stereo.
struct Stereo {
  float left[kBlock];
  float right[kBlock];
};

/// White noise whose sides share a part, so that it is wide and survives in mono. Uniform, with a
/// variance of 1/3 a side; the correlation of the sides is 0.6.
class WhiteBed {
 public:
  WhiteBed(const Random& random, std::string_view label);
  void render(std::int64_t frame, Stereo& out) const;

 private:
  std::uint32_t left_key_, right_key_;
};

/// The colour of a noise: its power density against frequency.
enum class Colour { pink, brown, blue, violet };

/// Turns white noise into noise of a colour. A sum of twelve first-order low-passes at fixed poles,
/// whose shares were fitted by least squares to the minimum-phase response of the colour, between
/// 20 Hz and 0.45 of the sample rate; a slope is the same at every rate. Blue and violet noise are
/// differentiated before.
class ColourFilter {
 public:
  explicit ColourFilter(Colour colour);
  void process(Stereo& block);
  static constexpr int kPoles = 12;
  /// The shares of the poles, then that of the input itself.
  using Shares = std::array<double, kPoles + 1>;

 private:
  void differentiate(Stereo& block);

  bool differentiates_ = false;
  float direct_ = 0.0f;
  std::array<float, kPoles> poles_{}, shares_{};
  std::array<std::array<float, kPoles>, 2> states_{};
  std::array<float, 2> before_{};
};

}  // namespace focus::core::engines::soundscape
