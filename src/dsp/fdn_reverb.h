// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace focus::core::dsp {

/// A hall: eight delay lines fed back through a Hadamard matrix (Jot and Chaigne, AES 1991), their
/// lengths swaying a little so that it never rings, damped towards the treble. Wet signal alone.
class FdnReverb {
 public:
  static constexpr int kLines = 8;

  struct Settings {
    double t60_seconds = 3.0;       ///< of the bass and middle
    double damping_hertz = 4000.0;  ///< above it each round trip loses more
    double size = 1.0;              ///< scales the lines, 0.5 to 1.6
    double sway_seconds = 0.00025;  ///< 0 keeps the lines still
  };

  FdnReverb(const Settings& settings, double rate);
  /// Adds the wet signal to the outputs; `frame` is the absolute number of the first frame.
  void process(std::int64_t frame, const float* in_left, const float* in_right, int frames,
               float* left, float* right);

 private:
  /// A Schroeder all-pass, which blurs what enters.
  struct Diffuser {
    std::vector<float> line;
    std::size_t position = 0;
    float process(float x) {
      const float delayed = line[position];
      const float fed = x - 0.6f * delayed;
      line[position] = fed;
      if (++position == line.size()) position = 0;
      return delayed + 0.6f * fed;
    }
  };

  double rate_, sway_;
  std::array<double, kLines> length_{};
  std::array<float, kLines> gain_{}, damped_{};
  float damping_ = 1.0f;
  std::vector<float> ring_;  ///< frame after frame, the eight lines side by side
  std::uint32_t mask_ = 0, position_ = 0;
  std::array<Diffuser, 4> diffusers_;
};

}  // namespace focus::core::dsp
