// SPDX-License-Identifier: MIT
#pragma once

#include <span>

#include "mastering/transition.h"

namespace focus::core {

/// The trim at position u of the overlap. [audio-thread]
double crossfade_trim_at(std::span<const float> trim, double u);

/// Gives `transition` the trim with which the sum of the two holds the ceiling: for each 10 ms the
/// gain its loudest moment needs, then the smooth gain (moving over 200 ms, 1 at both ends) that is
/// under all of them. Two sides that hold a ceiling can pass it together by up to 6 dB in the
/// middle; at the ends the one that is nearly alone can not.
void hold_crossfade_ceiling(ConstAudioView old_tail, ConstAudioView new_head, int sample_rate,
                            double ceiling_dbtp, Transition& transition);

}  // namespace focus::core
