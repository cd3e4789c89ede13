// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>

#include "audio/buffer.h"
#include "base/cancel.h"

namespace focus::core {

/// How two sides of a crossfade lie best on each other.
struct Alignment {
  std::int64_t offset = 0;   ///< frames by which the old one is taken later (negative: earlier)
  double correlation = 0.0;  ///< there, K-weighted, weighted to the middle; before any inversion
  bool inverted = false;     ///< whether the new one's polarity is to be turned
};

/// How far an alignment may reach, in frames: 15 ms, a period of 67 Hz.
std::int64_t alignment_reach(int sample_rate);

/// Compares `new_head` with `old_region`, which begins alignment_reach frames before the old one's
/// part of the overlap and ends as many after it, at every offset and in both polarities (by FFT).
/// Answers with no offset unless another makes the two much more alike: music that is not related
/// stays where it is.
Alignment find_alignment(ConstAudioView old_region, ConstAudioView new_head, int sample_rate);

}  // namespace focus::core
