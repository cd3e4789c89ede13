// SPDX-License-Identifier: MIT
#pragma once

#include <vector>

#include "engines/check/check.h"
#include "engines/check/hearing.h"

namespace focus::core::engines {

/// Judges the sound of segments, and the beginnings of those that begin a session.
std::vector<CheckResult> judge_sound(const std::vector<Heard>& segments,
                                     const std::vector<Heard>& beginnings);

}  // namespace focus::core::engines
