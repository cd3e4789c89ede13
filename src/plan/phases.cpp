// SPDX-License-Identifier: MIT
#include "plan/phases.h"

#include <algorithm>
#include <cmath>

namespace focus::core::plan {
namespace {

constexpr std::int64_t kMinute = 6000;
/// A segment of a phase may be longer than requested by this factor. Beyond it the phase gets
/// another segment.
constexpr double kLongestStretch = 1.5;

}  // namespace

int segments_in(std::int64_t length, double segment_seconds) {
  return static_cast<int>(std::ceil(static_cast<double>(length) / 100.0 / segment_seconds));
}

std::vector<PhaseSpan> phases_of(const Request& request) {
  const std::int64_t target = request.target_minutes * kMinute;
  std::vector<PhaseSpan> spans;
  int count = 0;
  while (spans.empty() || spans.back().end < target) {
    PhaseSpan span;
    if (!spans.empty()) {
      span.start = spans.back().end;
      span.phase = spans.back().phase == Phase::work ? Phase::break_ : Phase::work;
    }
    const int minutes = span.phase == Phase::work ? request.work_minutes : request.break_minutes;
    span.end = request.has_phases() ? std::min(span.start + minutes * kMinute, target) : target;
    // As many segments as keep the session's total the same as without phases.
    span.segment_count =
        std::max(segments_in(span.end - span.start, kLongestStretch * request.segment_seconds),
                 segments_in(span.end, request.segment_seconds) - count);
    count += span.segment_count;
    spans.push_back(span);
  }
  return spans;
}

PromptReading reading_of_breaks(const PromptReading& work) {
  PromptReading reading;
  reading.character = Goal::relax;
  reading.leaning = work.leaning;
  reading.tonic = work.tonic;
  reading.leaning.density = 0.0;
  reading.leaning.energy = 0.0;
  reading.leaning.tempo = 0.0;
  reading.leaning.swing = 0.0;
  reading.leaning.tempo_bpm = 0.0;
  double& percussion = reading.leaning.of(Stem::percussion);
  percussion = std::min(percussion, 0.0);
  return reading;
}

}  // namespace focus::core::plan
