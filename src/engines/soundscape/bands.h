// SPDX-License-Identifier: MIT
#pragma once

#include <array>

#include "dsp/filters.h"
#include "engines/soundscape/noise_bed.h"

namespace focus::core::engines::soundscape {

/// Two band-passes on both sides whose levels move: lanes 0 and 1 are the sides of the first band,
/// 2 and 3 those of the second.
class TwoBands {
 public:
  explicit TwoBands(int rate) : rate_(rate) {}

  void tune(std::size_t lane, double hertz, double q) { filters_[lane].set(hertz, q, rate_); }

  /// Adds the bands of `in` to `out`. The levels are reached at the end of the block.
  void render(const Stereo& in, const std::array<float, 4>& levels, Stereo& out) {
    dsp::FourSvf filters(
        filters_, {dsp::four(0.0f),
                   dsp::Float4{filters_[0].k(), filters_[1].k(), filters_[2].k(), filters_[3].k()},
                   dsp::four(0.0f)});
    dsp::Float4 now = dsp::load4(levels_.data());
    const dsp::Float4 step = (dsp::load4(levels.data()) - now) * dsp::four(1.0f / kBlock);
    for (int i = 0; i < kBlock; ++i) {
      now = now + step;
      const dsp::Float4 y =
          now * filters.step(dsp::Float4{in.left[i], in.right[i], in.left[i], in.right[i]});
      out.left[i] += y[0] + y[2];
      out.right[i] += y[1] + y[3];
    }
    levels_ = levels;
  }

 private:
  int rate_;
  std::array<dsp::Svf, 4> filters_;
  std::array<float, 4> levels_{};
};

}  // namespace focus::core::engines::soundscape
