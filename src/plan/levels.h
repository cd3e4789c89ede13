// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>

#include "plan/plan.h"

namespace focus::core::plan {

/// Whether a change is of levels alone and comes where the last plan still holds, so that nothing
/// but the levels has to change.
bool keeps_notes(const Plan& before, const Change& change);

/// The plan after such a change. Every note, key, bar and movement stays where it was: the segment
/// that is heard is divided at the change, and all that starts from there on is made again with the
/// new levels.
Plan relevelled(const Plan& before, const Change& change);

}  // namespace focus::core::plan
