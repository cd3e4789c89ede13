// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <cstdint>

#include "dsp/filters.h"
#include "plan/leaning.h"

namespace focus::core::engines::studio {

/// The background noise: noise with the swell of surf or wind, and short grains in it for drops,
/// bubbles and crackles. It is a function of the absolute frame.
class Texture {
 public:
  Texture(plan::Scenery scenery, std::uint32_t key, int rate, double cutoff_hertz);
  static constexpr int kBlock = 64;  ///< the largest block
  /// Adds to the outputs. The level is about 1 at the maximum of the swell.
  void render(std::int64_t frame, int frames, float gain, float* left, float* right);

 private:
  /// The parameters of a scene's noise and grains.
  struct Scene;
  static const Scene& scene_of(plan::Scenery scenery);
  /// Writes the impulses that the grains begin with.
  void strike_grains(std::int64_t frame, int frames, float* left, float* right) const;

  const Scene& scene_;
  std::uint32_t key_;
  int rate_;
  double cutoff_;
  std::array<dsp::Svf, 4> filters_;  ///< of the noise's treble, and of the grains
  std::array<dsp::OnePole, 2> rumble_;
};

}  // namespace focus::core::engines::studio
