// SPDX-License-Identifier: MIT
#pragma once

#include <cmath>
#include <cstdint>

#include "plan/brief.h"

namespace focus::core::engines::studio {

/// Converts between beats and frames on the session's absolute time axis. A bar is a whole number
/// of frames. Neighbouring segments with the same tempo therefore place the same note at the same
/// frame, although their first bars differ.
class Clock {
 public:
  explicit Clock(const plan::Brief& brief)
      : rate_(brief.sample_rate),
        start_(std::llround(brief.start_seconds * brief.sample_rate)),
        first_bar_(brief.first_bar),
        bar_frames_(std::llround(brief.bar_seconds * brief.sample_rate)) {}

  std::int64_t start_frame() const { return start_; }
  std::int64_t bar_frames() const { return bar_frames_; }

  std::int64_t frame_of(double beat) const {
    const double bar = std::floor(beat * 0.25);
    const double inside = beat * 0.25 - bar;
    return start_ + (static_cast<std::int64_t>(bar) - first_bar_) * bar_frames_ +
           std::llround(inside * static_cast<double>(bar_frames_));
  }
  double beat_of(std::int64_t frame) const {
    return 4.0 * (static_cast<double>(first_bar_) +
                  static_cast<double>(frame - start_) / static_cast<double>(bar_frames_));
  }
  double seconds_of(std::int64_t frame) const { return static_cast<double>(frame) / rate_; }

 private:
  int rate_;
  std::int64_t start_, first_bar_, bar_frames_;
};

}  // namespace focus::core::engines::studio
