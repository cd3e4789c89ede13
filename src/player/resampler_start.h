// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>

namespace focus::core::player {

/// Half the length of a resampler's filter, and a little more, in frames of its input.
std::int64_t half_filter(int from_rate, int to_rate);

/// Where a resampler begins that has to go on in the middle of the music.
struct ResamplerStart {
  std::int64_t frame = 0;  ///< the first frame of the input that it is given
  std::int64_t skip = 0;   ///< frames that it makes from there, and that nobody wants
};

/// A resampler that begins at `frame` makes frames at a distance of from_rate / to_rate from there
/// on. Returns the start for which one of them falls as exactly as possible on `here`, which may
/// lie between two frames of the input. `oldest` is the first frame of the input that there is;
/// unless that is too late, the filter has seen enough of the past when it comes to `here`.
ResamplerStart find_resampler_start(double here, std::int64_t oldest, int from_rate, int to_rate);

}  // namespace focus::core::player
