// SPDX-License-Identifier: MIT
// Where two finished pieces of music meet: found from how loud each is, before a sample is looked
// at.
#pragma once

#include <cstdint>
#include <optional>
#include <span>

namespace focus::core {

/// What is known of one of the two.
struct PairSide {
  std::span<const float> energies;  ///< K-weighted mean squares, one each 10 ms, of all of it
  double integrated_lufs = 0.0;
  std::int64_t cue_in = 0;  ///< its body (see CuePoints), in frames
  std::int64_t cue_out = 0;
  std::int64_t free_from = 0;  ///< frames before this belong to its own beginning's overlap
};

struct Joint {
  std::int64_t old_end = 0;    ///< the old one's frame at which the overlap ends
  std::int64_t new_start = 0;  ///< the new one's at which it begins
  std::int64_t overlap = 0;    ///< in frames; whole 10 ms
};

/// The joint with which the mix is likely to be steadiest. It lies within both bodies, further in
/// where a tail decays or an entry swells, so that nothing fades twice. The overlap is 8 s, or
/// another from 4 to 16 s that suits better, and at most a tenth of the shorter body; with
/// `seconds` it is that, and at most half of the shorter body.
Joint find_joint(const PairSide& old_side, const PairSide& new_side, int sample_rate,
                 std::optional<double> seconds = std::nullopt);

}  // namespace focus::core
