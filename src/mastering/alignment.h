// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>

#include "audio/buffer.h"
#include "base/cancel.h"

namespace focus::core::mastering {

/// The offset and polarity at which the two sides of a crossfade are most similar.
struct Alignment {
  std::int64_t offset = 0;   ///< frames by which the old side is read later
  double correlation = 0.0;  ///< K-weighted, weighted towards the middle; before any inversion
  bool inverted = false;     ///< whether to invert the polarity of the new side
};

/// The largest offset that find_alignment() is used with, in frames: 15 ms, a period of 67 Hz.
std::int64_t alignment_reach(int sample_rate);

/// Finds the alignment of two sides of an overlap. `new_head` is the new side's part of the
/// overlap. `old_region` is the old side's part, extended by alignment_reach() frames at both ends.
/// The normalised cross-correlation is computed at every offset by FFT, and its sign gives the
/// polarity. The result has no offset and no inversion unless they increase the similarity
/// considerably: unrelated music is not moved.
Alignment find_alignment(audio::ConstAudioView old_region, audio::ConstAudioView new_head,
                         int sample_rate);

}  // namespace focus::core::mastering
