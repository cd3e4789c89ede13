// SPDX-License-Identifier: MIT
#include "engines/soundscape/noise_bed.h"

#include <cstddef>

#include "dsp/kernels.h"
#include "engines/soundscape/life.h"

namespace focus::core::engines::soundscape {

WhiteBed::WhiteBed(const Random& random, std::string_view label)
    : left_key_(key_of(random.fork(label), "left")),
      right_key_(key_of(random.fork(label), "right")) {}

void WhiteBed::render(std::int64_t frame, Stereo& out) const {
  const auto n = static_cast<std::uint32_t>(frame);
  dsp::kernels().noise(left_key_, n, kBlock, out.left);
  dsp::kernels().noise(right_key_, n, kBlock, out.right);
  for (int i = 0; i < kBlock; ++i) {
    const float l = out.left[i], r = out.right[i];
    out.left[i] = 0.9486833f * l + 0.3162278f * r;
    out.right[i] = 0.9486833f * r + 0.3162278f * l;
  }
}

namespace {

constexpr std::array<double, ColourFilter::kPoles> kColourPoles = {
    0.99880072,  0.997459302, 0.994621527, 0.988632278, 0.976054414, 0.94991675,
    0.896798004, 0.793807736, 0.612917794, 0.354245945, 0.110803158, -0.35};

constexpr ColourFilter::Shares kPinkShares = {
    -0.061195512, 0.12294876,  -0.039505918, 0.069947458, 0.006130683,  0.085930259, 0.046559578,
    0.14769494,   0.100947651, 0.293463114,  0.116148284, -0.080298022, 0.122101972};
constexpr ColourFilter::Shares kBrownShares = {
    -1.634498952, 4.102911062,  -2.160201403, 1.073695809,  -0.623917159, 0.406972893, -0.291157892,
    0.233805731,  -0.228147095, 0.305470477,  -0.490919898, -0.074284,    0.246473981};
constexpr ColourFilter::Shares kBlueShares = {
    0.052372008, -0.034564658, 0.050951527, 0.001518052, 0.057796336, 0.033207304, 0.098853268,
    0.077232379, 0.192423181,  0.053373232, 0.39930714,  0.128246753, -0.037606281};
constexpr ColourFilter::Shares kVioletShares = {
    8.877466838e-06,  -2.909705115e-05, 6.205293386e-05,  -1.389201124e-04, 3.595084144e-04,
    -1.033559289e-03, 3.195743454e-03,  -1.060386653e-02, 3.846101316e-02,  -1.466631481e-01,
    3.038598092e-01,  5.584458736e-01,  4.049708542e-01};
const ColourFilter::Shares& shares_of(Colour colour) {
  switch (colour) {
    case Colour::brown:
      return kBrownShares;
    case Colour::blue:
      return kBlueShares;
    case Colour::violet:
      return kVioletShares;
    case Colour::pink:
      break;
  }
  return kPinkShares;
}

}  // namespace

ColourFilter::ColourFilter(Colour colour)
    : differentiates_(colour == Colour::blue || colour == Colour::violet) {
  const Shares& shares = shares_of(colour);
  for (std::size_t n = 0; n < kPoles; ++n) {
    poles_[n] = static_cast<float>(kColourPoles[n]);
    shares_[n] = static_cast<float>(shares[n]);
  }
  direct_ = static_cast<float>(shares[kPoles]);
}

void ColourFilter::differentiate(Stereo& block) {
  float* const sides[] = {block.left, block.right};
  for (std::size_t side = 0; side < 2; ++side) {
    float before = before_[side];
    for (int i = 0; i < kBlock; ++i) {
      const float x = sides[side][i];
      sides[side][i] = x - before;
      before = x;
    }
    before_[side] = before;
  }
}

void ColourFilter::process(Stereo& block) {
  if (differentiates_) differentiate(block);
  dsp::Float4 states[2][3], poles[3], shares[3];
  for (std::size_t j = 0; j < 3; ++j) {
    poles[j] = dsp::load4(poles_.data() + 4 * j);
    shares[j] = dsp::load4(shares_.data() + 4 * j);
    for (std::size_t side = 0; side < 2; ++side) {
      states[side][j] = dsp::load4(states_[side].data() + 4 * j);
    }
  }
  float* const sides[] = {block.left, block.right};
  for (int i = 0; i < kBlock; i += 4) {
    dsp::Float4 rows[2][4];
    for (int k = 0; k < 4; ++k) {
      for (std::size_t side = 0; side < 2; ++side) {
        const dsp::Float4 x = dsp::four(sides[side][i + k]);
        dsp::Float4 sum = dsp::four(0.0f);
        for (std::size_t j = 0; j < 3; ++j) {
          states[side][j] = poles[j] * states[side][j] + x;
          sum = sum + shares[j] * states[side][j];
        }
        rows[side][k] = sum;
      }
    }
    for (std::size_t side = 0; side < 2; ++side) {
      dsp::transpose4(rows[side]);
      const dsp::Float4 x = dsp::load4(sides[side] + i);
      dsp::store4((rows[side][0] + rows[side][1]) + (rows[side][2] + rows[side][3]) +
                      dsp::four(direct_) * x,
                  sides[side] + i);
    }
  }
  for (std::size_t j = 0; j < 3; ++j) {
    for (std::size_t side = 0; side < 2; ++side) {
      dsp::store4(states[side][j], states_[side].data() + 4 * j);
    }
  }
}

}  // namespace focus::core::engines::soundscape
