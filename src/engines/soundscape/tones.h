// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <vector>

#include "dsp/kernels.h"
#include "engines/soundscape/noise_bed.h"

namespace focus::core::engines::soundscape {

/// A short sine with a course of pitch and level: a drop, a chirp, a struck cup, an owl's call.
struct Tone {
  enum class Shape : std::uint8_t {
    struck,  ///< rises within `attack`, then falls by 60 dB over `seconds`
    blown    ///< rises within `attack`, holds, and falls within as long at its end
  };
  Shape shape = Shape::struck;
  double hertz = 1000.0;  ///< at the start
  double octaves = 0.0;   ///< by which the pitch moves until the end
  double arch = 0.0;      ///< octaves that it is higher in the middle
  double vibrato_hertz = 0.0, vibrato_octaves = 0.0;
  double seconds = 0.1;
  double attack = 0.001;  ///< in seconds
  double level = 0.1;
  double pan = 0.0;    ///< -1 left to 1 right
  double delay = 0.0;  ///< seconds until it begins
};

/// The tones that are sounding. Pitch and level move in steps of 32 frames.
class Tones {
 public:
  explicit Tones(int rate) : rate_(rate) { playing_.reserve(kMost); }
  /// Begins a tone with the next block that is rendered. One too many is left out.
  void begin(const Tone& tone);
  /// Adds the tones to the block.
  void render(Stereo& out);

 private:
  static constexpr int kStep = 32;
  static constexpr std::size_t kMost = 96;
  struct Playing {
    Tone tone;
    dsp::StereoGain gain;
    std::uint32_t phase = 0;
    double age = 0.0;
    float level = 0.0f;   ///< that was reached
    double struck = 0.0;  ///< of a struck tone, without its attack
    double fall = 1.0;    ///< the factor of `struck` a step
  };
  /// Whether it still sounds.
  bool play(Playing& playing, Stereo& out) const;

  int rate_;
  std::vector<Playing> playing_;
};

/// Gains of equal power, their squares adding up to 2 in the middle.
dsp::StereoGain panned(double pan);

}  // namespace focus::core::engines::soundscape
