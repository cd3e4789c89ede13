// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <cstdint>

#include "dsp/filters.h"

namespace focus::core::studio {

enum class TextureKind { waves, air, rain };

/// The bed of noise under the music: surf that comes and goes, moving air, or far rain. Its noise
/// is a function of the absolute frame.
class Texture {
 public:
  Texture(TextureKind kind, std::uint32_t key, int rate, double cutoff_hertz);
  static constexpr int kBlock = 64;  ///< frames at most
  /// Adds to the outputs, at a level of about 1 where it swells.
  void render(std::int64_t frame, int frames, float gain, float* left, float* right);

 private:
  TextureKind kind_;
  std::uint32_t key_;
  int rate_;
  double cutoff_;
  std::array<dsp::Svf, 2> treble_;
  dsp::OnePole left_rumble_, right_rumble_;
};

}  // namespace focus::core::studio
