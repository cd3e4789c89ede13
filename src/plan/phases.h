// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <vector>

#include "plan/brief.h"
#include "plan/prompt.h"
#include "plan/request.h"

namespace focus::core {

/// A stretch of a session that plays one piece, as the request wants it: segments end on the bar
/// lines nearest to what is said here. Times in hundredths of a second.
struct PhaseSpan {
  Phase phase = Phase::work;
  std::int64_t start = 0;
  std::int64_t end = 0;
  int segment_count = 1;

  std::int64_t segment_end(int number) const {
    return start + (end - start) * (number + 1) / segment_count;
  }
};

/// The phases of a valid request, without holes from 0 to the target; the last may be cut short. A
/// request without phases is one phase of work. All segments together are as many as without
/// phases, unless short phases need more.
std::vector<PhaseSpan> phases_of(const Request& request);

/// How many segments of about `segment_seconds` a stretch of music (in hundredths) is made of.
int segments_in(std::int64_t length, double segment_seconds);

/// What the breaks of a session play: relax, with what a prompt says of the sound and on the tonic
/// that it names. What it says of movement (tempo, energy, drums, mode) is meant for the work.
PromptReading reading_of_breaks(const PromptReading& work);

inline constexpr Intensity kBreakIntensity = Intensity::low;

/// The intensity at which a phase is played.
inline Intensity intensity_of(Phase phase, const Request& request) {
  return phase == Phase::work ? request.intensity : kBreakIntensity;
}

}  // namespace focus::core
