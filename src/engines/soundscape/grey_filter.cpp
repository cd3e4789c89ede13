// SPDX-License-Identifier: MIT
#include "engines/soundscape/grey_filter.h"

#include <cstddef>

namespace focus::core::engines::soundscape {
namespace {

/// Raises what lies around `hertz` by the factor `middle`, and what lies below by `below`.
struct GreyStage {
  double hertz, q, middle, below;
};

constexpr std::array<GreyStage, 6> kGreyStages = {{
    {16.767, 2.11346, 37.2497, 46.5732},
    {1235.21, 6.17186, 1.08241, 1.00743},
    {583.209, 0.0546313, 0.1779, 6.52525},
    {1563.5, 2.04911, 5.58482, 2.22006},
    {7823.77, 1.26877, 0.730618, 0.293104},
    {10470.6, 2.66008, 1.27386, 1.09737},
}};
constexpr float kGreyGain = 0.03f;

}  // namespace

GreyFilter::GreyFilter(int rate) {
  for (std::size_t stage = 0; stage < kGreyStages.size(); ++stage) {
    const GreyStage& own = kGreyStages[stage];
    Pair& pair = pairs_[stage / 2];
    for (std::size_t side = 0; side < 2; ++side) {
      const std::size_t lane = 2 * (stage % 2) + side;
      pair.filters[lane].set(own.hertz, own.q, rate);
      pair.band[lane] = static_cast<float>((own.middle - 1.0) / own.q);
      pair.low[lane] = static_cast<float>(own.below - 1.0);
    }
  }
}

void GreyFilter::process(Stereo& block) {
  for (Pair& pair : pairs_) {
    dsp::FourSvf filters(
        pair.filters, {dsp::four(1.0f), dsp::load4(pair.band.data()), dsp::load4(pair.low.data())});
    float left = pair.before[0], right = pair.before[1];
    for (int i = 0; i < kBlock; ++i) {
      const dsp::Float4 y = filters.step(dsp::Float4{block.left[i], block.right[i], left, right});
      left = y[0];
      right = y[1];
      block.left[i] = y[2];
      block.right[i] = y[3];
    }
    pair.before = {left, right};
  }
  for (int i = 0; i < kBlock; ++i) {
    block.left[i] *= kGreyGain;
    block.right[i] *= kGreyGain;
  }
}

}  // namespace focus::core::engines::soundscape
