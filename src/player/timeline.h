// SPDX-License-Identifier: MIT
#pragma once

#include <cmath>
#include <cstdint>

namespace focus::core::player {

/// Where the frames of a ring, which are at the host's rate, lie in the session, whose frames are
/// at a rate of its own. A place may lie between two frames of the session.
///
/// A time line is moved from its origin by a whole number of the ring's frames, so that no error
/// adds up, however long the music plays.
struct Timeline {
  std::int64_t frame = 0;  ///< a frame of the ring
  double position = 0.0;   ///< where in the session it lies
  int session_rate = 1;
  int rate = 1;

  /// Where in the session frame `at` of the ring lies.
  double position_at(std::int64_t at) const {
    return position + static_cast<double>((at - frame) * session_rate) / rate;
  }
  /// The session's frame that is nearest to that.
  std::int64_t nearest(std::int64_t at) const { return std::llround(position_at(at)); }
  /// The last frame of the ring that does not lie behind `place`.
  std::int64_t frame_at(double place) const {
    return frame + static_cast<std::int64_t>(std::floor((place - position) * rate / session_rate));
  }
};

}  // namespace focus::core::player
