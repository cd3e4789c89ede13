// SPDX-License-Identifier: MIT
#include "mastering/ending_fade.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace focus::core::mastering {
namespace {

constexpr std::int64_t kFramesBetweenCancelChecks = 1 << 15;

}  // namespace

double ending_fade_gain(double u) {
  if (u <= 0.0) return 1.0;
  if (u >= 1.0) return 0.0;
  const double root = std::sqrt(0.5 + 0.5 * std::cos(std::numbers::pi * u));
  return root * std::sqrt(root);
}

absl::Status apply_ending_fade(audio::AudioView audio, const EndingFade& fade,
                               const CancelToken& cancel) {
  if (!fade.reaches(audio.frames())) return absl::OkStatus();
  const std::int64_t first = std::max<std::int64_t>(fade.start, 0);
  const double length = static_cast<double>(fade.frames);
  for (std::int64_t i = first; i < audio.frames(); ++i) {
    if ((i - first) % kFramesBetweenCancelChecks == 0 && cancel.cancelled()) {
      return cancelled_error();
    }
    const auto gain =
        static_cast<float>(ending_fade_gain(static_cast<double>(i - fade.start + 1) / length));
    for (int c = 0; c < audio.channel_count(); ++c) audio.channel(c)[i] *= gain;
  }
  return absl::OkStatus();
}

}  // namespace focus::core::mastering
