// SPDX-License-Identifier: MIT
#include "mix/fold_down.h"

#include <array>
#include <cstddef>

namespace focus::core::mix {
namespace {

constexpr float kHalfPower = 0.70710678f;

struct Share {
  float left = 0.0f;
  float right = 0.0f;
};

constexpr Share kLeft = {1.0f, 0.0f};
constexpr Share kRight = {0.0f, 1.0f};
constexpr Share kCentre = {kHalfPower, kHalfPower};
constexpr Share kLeftSurround = {kHalfPower, 0.0f};
constexpr Share kRightSurround = {0.0f, kHalfPower};
constexpr Share kRearCentre = {0.5f, 0.5f};
constexpr Share kNowhere = {};

using Shares = std::array<Share, audio::AudioView::kMaxChannels>;

constexpr std::array<Shares, audio::AudioView::kMaxChannels + 1> kLayouts = {{
    {},
    {{{1.0f, 1.0f}}},
    {{kLeft, kRight}},
    {{kLeft, kRight, kCentre}},
    {{kLeft, kRight, kLeftSurround, kRightSurround}},
    {{kLeft, kRight, kCentre, kLeftSurround, kRightSurround}},
    {{kLeft, kRight, kCentre, kNowhere, kLeftSurround, kRightSurround}},
    {{kLeft, kRight, kCentre, kNowhere, kRearCentre, kLeftSurround, kRightSurround}},
    {{kLeft, kRight, kCentre, kNowhere, kLeftSurround, kRightSurround, kLeftSurround,
      kRightSurround}},
}};

}  // namespace

void fold_down(audio::ConstAudioView from, audio::AudioView to) {
  const Shares& shares = kLayouts[static_cast<std::size_t>(from.channel_count())];
  for (std::int64_t i = 0; i < from.frames(); ++i) {
    float left = 0.0f;
    float right = 0.0f;
    for (int c = 0; c < from.channel_count(); ++c) {
      const float sample = from.channel(c)[i];
      left += shares[static_cast<std::size_t>(c)].left * sample;
      right += shares[static_cast<std::size_t>(c)].right * sample;
    }
    to.channel(0)[i] = left;
    to.channel(1)[i] = right;
  }
}

}  // namespace focus::core::mix
