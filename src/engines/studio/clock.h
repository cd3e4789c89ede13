// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <vector>

#include "plan/brief.h"

namespace focus::core::engines::studio {

/// The length of a bar in the piece's own tempo, whatever movement is played.
inline double home_bar_seconds(const plan::Brief& brief) {
  return brief.home_bar_seconds > 0.0 ? brief.home_bar_seconds : brief.bar_seconds;
}

/// Converts between beats and frames on the session's absolute time axis, along the bar lines of
/// the brief, between which the tempo is constant. A bar is a whole number of frames. Neighbouring
/// segments of the same piece therefore place the same note at the same frame, although their first
/// bars differ.
class Clock {
 public:
  explicit Clock(const plan::Brief& brief)
      : rate_(brief.sample_rate),
        start_(std::llround(brief.start_seconds * brief.sample_rate)),
        home_bar_seconds_(studio::home_bar_seconds(brief)) {
    const auto frames = [&](double hundredths) {
      return std::llround(hundredths * brief.sample_rate / 100.0);
    };
    for (const plan::BarLine& line : brief.tempo_steps) {
      steps_.push_back({line.number, frames(static_cast<double>(line.start)), frames(line.length)});
    }
    if (steps_.empty())
      steps_.push_back({brief.first_bar, start_, frames(100.0 * brief.bar_seconds)});
  }

  std::int64_t start_frame() const { return start_; }
  double home_bar_seconds() const { return home_bar_seconds_; }

  std::int64_t frame_of(double beat) const {
    const double bar = std::floor(beat * 0.25);
    const double inside = beat * 0.25 - bar;
    const auto number = static_cast<std::int64_t>(bar);
    const Step& step = *before([number](const Step& other) { return other.bar <= number; });
    return step.frame + (number - step.bar) * step.bar_frames +
           std::llround(inside * static_cast<double>(step.bar_frames));
  }
  double beat_of(std::int64_t frame) const {
    const Step& step = step_at(frame);
    return 4.0 * (static_cast<double>(step.bar) +
                  static_cast<double>(frame - step.frame) / static_cast<double>(step.bar_frames));
  }
  double seconds_of(std::int64_t frame) const { return static_cast<double>(frame) / rate_; }

 private:
  /// From bar `bar` on, which begins at `frame`, bars are this long. The first is also for earlier
  /// bars.
  struct Step {
    std::int64_t bar, frame, bar_frames;
  };

  template <typename Begins>
  std::vector<Step>::const_iterator before(Begins begins) const {
    const auto after = std::partition_point(steps_.begin() + 1, steps_.end(), begins);
    return after - 1;
  }
  const Step& step_at(std::int64_t frame) const {
    return *before([frame](const Step& other) { return other.frame <= frame; });
  }

  int rate_;
  std::int64_t start_;
  double home_bar_seconds_;
  std::vector<Step> steps_;
};

}  // namespace focus::core::engines::studio
