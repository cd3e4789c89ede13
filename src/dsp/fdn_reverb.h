// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "dsp/delay_line.h"

namespace focus::core::dsp {

/// A hall reverb: eight delay lines in a feedback network with a Hadamard matrix (Jot and Chaigne,
/// AES 1991). The delay lengths are modulated slightly, which avoids audible resonances, and a
/// low-pass in the loop damps high frequencies.
class FdnReverb {
 public:
  static constexpr int kLines = 8;

  struct Settings {
    double t60_seconds = 3.0;       ///< reverberation time at low and middle frequencies
    double damping_hertz = 4000.0;  ///< corner of the low-pass in the loop
    double size = 1.0;              ///< factor for the delay lengths, 0.5 to 1.6
    double sway_seconds = 0.00025;  ///< depth of the delay modulation; 0: no modulation
  };

  FdnReverb(const Settings& settings, double rate);
  /// Adds the wet signal to the outputs; `frame` is the absolute number of the first frame.
  void process(std::int64_t frame, const float* in_left, const float* in_right, int frames,
               float* left, float* right);

 private:
  static constexpr int kBlock = DelayLine::kMaxFrames;
  /// The samples of a block, line by line.
  using Block = std::array<std::array<float, kBlock>, kLines>;

  /// A Schroeder all-pass, which diffuses the input.
  struct Diffuser {
    std::vector<float> line;
    std::size_t position = 0;
    void process(float* samples, int frames);
  };

  /// Low-passes and attenuates what the lines give out.
  void damp(Block& lines, int frames);

  static constexpr std::size_t kMoving = kLines / 2;

  double rate_, sway_;
  int block_ = kBlock;  ///< no delay is shorter
  std::array<double, kLines> length_{};
  std::array<float, kLines> gain_{}, damped_{};
  float damping_ = 1.0f;
  std::array<DelayLine, kLines> lines_;
  std::int64_t next_frame_ = -1;  ///< the end of the last block, to which next_delays_ belongs
  std::array<double, kMoving> next_delays_{};
  std::array<Diffuser, 4> diffusers_;
};

}  // namespace focus::core::dsp
