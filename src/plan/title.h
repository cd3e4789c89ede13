// SPDX-License-Identifier: MIT
// What files, tracks and streams of a session are called.
#pragma once

#include <string>

#include "plan/plan.h"

namespace focus::core::plan {

/// Of the session as it is planned now: "Focus", or what a custom prompt says.
std::string session_title(const Plan& plan);

/// Of a segment: "Focus, part 3".
std::string segment_title(const Plan& plan, int index);

/// The same with what is heard there, for a player that shows one line: "Focus, part 3 of 30: D
/// dorian, 76 bpm".
std::string stream_title(const Plan& plan, int index);

}  // namespace focus::core::plan
