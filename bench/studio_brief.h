// SPDX-License-Identifier: MIT
// The music that is measured: the studio's own, and what is compared with it, play the same.
#pragma once

#include <utility>

#include "engines/studio/studio_engine.h"
#include "plan/planner.h"

namespace focus::bench {

/// The segment with which the second half of a session begins, where all voices play.
inline core::plan::Brief middle_of(core::plan::Request request) {
  const int rate = core::engines::StudioEngine().playing_rate(request.sample_rate);
  const core::plan::Plan plan = core::plan::planned(std::move(request), 7);
  return plan.brief(plan.segment_count() / 2, rate);
}

/// A minute of a goal and intensity.
inline core::plan::Brief studio_brief(core::plan::Goal goal, core::plan::Intensity intensity) {
  core::plan::Request request;
  request.goal = goal;
  request.intensity = intensity;
  request.target_minutes = 10;
  request.segment_seconds = 60.0;
  return middle_of(std::move(request));
}

/// About `seconds` of focus, from 24 minutes on: the same piece for all that divide these.
inline core::plan::Brief studio_brief(int seconds) {
  core::plan::Request request;
  request.target_minutes = 48;
  request.segment_seconds = seconds;
  return middle_of(std::move(request));
}

}  // namespace focus::bench
