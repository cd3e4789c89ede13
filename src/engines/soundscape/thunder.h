// SPDX-License-Identifier: MIT
#pragma once

#include <array>

#include "dsp/filters.h"
#include "engines/soundscape/life.h"
#include "engines/soundscape/noise_bed.h"

namespace focus::core::engines::soundscape {

/// Far thunder: in most slots of 41 s one peal of five to nine rolls, which fades for 10 to 18 s.
class Thunder {
 public:
  Thunder(const Random& random, int rate);
  static constexpr double kMemorySeconds = 2.0;
  /// Adds to the block. `brown` is brown noise of the same block.
  void render(std::int64_t frame, const Stereo& brown, Stereo& out);

 private:
  static constexpr int kMostRolls = 9;
  struct Peal {
    std::int64_t slot = -1'000'000;
    double start = 0.0, nearness = 0.0, pan = 0.0;
    int rolls = 0;
    std::array<double, kMostRolls> at{}, level{}, seconds{};
  };
  const Peal& peal_of(std::int64_t slot);
  static double level_of(const Peal& peal, double age);

  int rate_;
  Slots slots_;
  Drift flutter_;
  std::array<Peal, 2> peals_;  ///< those drawn last
  std::array<dsp::Svf, 4> filters_;
  std::array<float, 4> levels_{};  ///< reached: rumble left and right, crack left and right
};

}  // namespace focus::core::engines::soundscape
