// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <vector>

#include "plan/brief.h"
#include "plan/prompt.h"
#include "plan/request.h"

namespace focus::core::plan {

/// A part of a session in which one piece is played, as requested. The planner moves the ends to
/// the nearest bar lines. Times are in hundredths of a second.
struct PhaseSpan {
  Phase phase = Phase::work;
  std::int64_t start = 0;
  std::int64_t end = 0;
  int segment_count = 1;

  std::int64_t segment_end(int number) const {
    return start + (end - start) * (number + 1) / segment_count;
  }
};

/// Returns the phases of a valid request. They cover the time from 0 to the target without gaps;
/// the last may be cut. A request without phases has one phase of work. The total number of
/// segments is the same as without phases, unless short phases need more.
std::vector<PhaseSpan> phases_of(const Request& request);

/// The number of segments of about `segment_seconds` in a part of `length` hundredths of a second.
int segments_in(std::int64_t length, double segment_seconds);

/// Returns the reading for a session's breaks: relax music with the sounds and the tonic that the
/// prompt asks for. What it says about tempo, energy, percussion and mode applies to the work only.
PromptReading reading_of_breaks(const PromptReading& work);

inline constexpr Intensity kBreakIntensity = Intensity::low;

/// The intensity at which a phase is played.
inline Intensity intensity_of(Phase phase, const Request& request) {
  return phase == Phase::work ? request.intensity : kBreakIntensity;
}

}  // namespace focus::core::plan
