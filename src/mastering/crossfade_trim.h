// SPDX-License-Identifier: MIT
#pragma once

#include <span>

#include "mastering/transition.h"

namespace focus::core::mastering {

/// The trim gain at position u of the overlap, by linear interpolation. [audio-thread]
double crossfade_trim_at(std::span<const float> trim, double u);

/// Sets `transition.trim` so that the sum of both sides holds the true-peak ceiling. Each block of
/// 10 ms requires a gain for its loudest peak; the trim is a smooth curve (over +-200 ms, 1 at both
/// ends) below all of these gains.
///
/// Two sides that each hold the ceiling can exceed it together by up to 6 dB in the middle. They
/// cannot at the ends, where one of them is almost alone.
void hold_crossfade_ceiling(audio::ConstAudioView old_tail, audio::ConstAudioView new_head,
                            int sample_rate, double ceiling_dbtp, Transition& transition);

}  // namespace focus::core::mastering
