// SPDX-License-Identifier: MIT
// What a Plan is made of. Times are whole hundredths of a second, counted from the session's start.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <string>

#include "plan/brief.h"
#include "plan/form.h"
#include "plan/programme.h"
#include "plan/prompt.h"
#include "plan/request.h"

namespace focus::core::plan {

/// One segment of a plan.
struct PlannedSegment {
  Phase phase = Phase::work;
  Key home;                    ///< the piece's key, from which movements go away
  int home_bar = 0;            ///< length of a bar in the piece's own tempo
  std::int64_t first_bar = 0;  ///< number of the bar that starts with the segment
  /// A bar line from which the lines up to the segment and on are counted. It is some time before
  /// the segment, unless a new tempo or piece begins with it.
  std::int64_t grid_start = 0;
  std::int64_t grid_bar = 0;  ///< its number
  std::array<std::int32_t, kDecisionCount> drawn_at{};

  std::int64_t start = 0;
  int overlap_in = 0;  ///< heard together with the segment before; 0 for the first

  /// How the segment is made, decided when it was planned. A later change may cut short what is
  /// heard of the segment, but its audio may exist by then, so these never change.
  std::int64_t made_end = 0;
  int made_overlap_out = 0;
  Key home_after;  ///< of the segment that was planned to follow; `home` for the last
  Phase phase_after = Phase::work;  ///< the same
};

/// How the prompt of a request was read, for the work and for the breaks. For the other goals a
/// reading only names the goal.
struct Readings {
  PromptReading work;
  PromptReading breaks;

  const PromptReading& of(Phase phase) const { return phase == Phase::work ? work : breaks; }
};

/// The segments of a plan that were planned together: from `first_segment` up to the next era. A
/// change begins an era; an era that has lost all its segments to later changes is dropped.
struct Era {
  int first_segment = 0;
  int change_count = 0;  ///< how many changes the session had seen when the era began

  /// What was asked, without its `custom_prompt`: that may be 60 kB long, so it is shared by all
  /// eras that have the same.
  Request request;
  std::shared_ptr<const std::string> prompt;        ///< never null
  std::shared_ptr<const Readings> readings;         ///< never null
  std::shared_ptr<const Form> form;                 ///< never null
  std::shared_ptr<const SceneProgramme> programme;  ///< never null

  // Of the whole session as it was planned when the era began:
  int segment_count = 0;
  int ending = 0;   ///< length of the last fade
  int cadence = 0;  ///< how long before the end the music comes to rest

  std::int64_t target() const { return request.target_minutes * std::int64_t{6000}; }
};

}  // namespace focus::core::plan
