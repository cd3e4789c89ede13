// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <span>
#include <vector>

#include "plan/brief.h"

namespace focus::core::studio {

/// What a melody walks on, in semitones above the tonic.
std::span<const int> melody_scale(Mode mode);
/// The pitches from low to high that are in the scale on `tonic`.
std::vector<int> pitches_between(int low, int high, int tonic, std::span<const int> scale);

/// `value` modulo `count`, never negative.
constexpr int wrap(int value, int count) { return ((value % count) + count) % count; }

}  // namespace focus::core::studio
