// SPDX-License-Identifier: MIT
// The form of a session, as its document tells it of each segment, and its drawing.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "svg.h"

namespace cli {

/// What a segment is in the form.
struct Passage {
  double start_seconds = 0.0;
  std::string movement;  ///< in which it begins: "A", "B", "A'", ...
  double tension = 0.0;  ///< in its middle, 0 to 1
};

/// Of a session's JSON with analysis; empty where that has no movements.
std::vector<Passage> form_of(const std::string& session_json);

/// Draws movements as bands with their names, 20 pixels high, and tension as a curve over them.
/// @param seconds of the whole session.
/// @param x_at where a second is drawn.
void draw_form(Svg& svg, const std::vector<Passage>& form, double seconds, double top,
               double bottom, const std::function<double(double)>& x_at);

}  // namespace cli
