// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <span>
#include <vector>

#include "plan/brief.h"

namespace focus::core::engines::studio {

/// The scale of melodies in a mode, in semitones above the tonic.
std::span<const int> melody_scale(plan::Mode mode);
/// All pitches from `low` to `high` that belong to the scale on `tonic`, ascending.
std::vector<int> pitches_between(int low, int high, int tonic, std::span<const int> scale);

/// `value` modulo `count`, never negative.
constexpr int wrap(int value, int count) { return ((value % count) + count) % count; }

}  // namespace focus::core::engines::studio
