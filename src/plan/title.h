// SPDX-License-Identifier: MIT
// What files, tracks and streams are called where nobody has given them a name.
#pragma once

#include <string>

#include "plan/plan.h"

namespace focus::core::plan {

/// "Focus", or what a custom prompt says.
std::string music_title(const Request& request);

/// Of a whole session: "Focus, 60 minutes".
std::string session_title(const Request& request);

/// Of a segment, whose request `request` is: "Focus, part 3".
std::string segment_title(const Request& request, int index);

/// The same with what is heard there, for a player that shows one line: "Focus, part 3 of 30: D
/// dorian, 76 bpm".
std::string stream_title(const Plan& plan, int index);

}  // namespace focus::core::plan
