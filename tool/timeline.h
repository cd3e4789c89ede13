// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include "timeline_form.h"
#include <focus_session/focus_session.hpp>

namespace cli {

/// What a drawing of a session shows.
struct Timeline {
  focus::SessionInfo session;
  std::vector<focus::SegmentInfo> segments;
  focus::MeasurementInfo mix;     ///< of the file that plays the whole session
  std::vector<float> short_term;  ///< its loudness over 3 s, a point every mix.curve_step_seconds
  std::vector<Passage> form;      ///< of the segments; may be empty
};

/// Draws a session over time as SVG, for light and dark pages: its movements and their tension, its
/// segments as blocks whose slopes are the crossfades, coloured by their tonic, and the loudness of
/// what is heard.
std::string draw_timeline(const Timeline& timeline);

}  // namespace cli
