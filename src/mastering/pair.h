// SPDX-License-Identifier: MIT
// Finds where two finished pieces of music should be joined, from their loudness over time alone.
// Samples are looked at later (see alignment.h).
#pragma once

#include <cstdint>
#include <optional>
#include <span>

namespace focus::core::mastering {

/// The properties of one of the two pieces.
struct PairSide {
  std::span<const float> energies;  ///< K-weighted mean squares of the whole piece, one every 10 ms
  double integrated_lufs = 0.0;
  std::int64_t cue_in = 0;  ///< its body (see CuePoints), in frames
  std::int64_t cue_out = 0;
  std::int64_t free_from = 0;  ///< earlier frames belong to the overlap at its own beginning
};

struct Joint {
  std::int64_t old_end = 0;    ///< the frame of the old piece at which the overlap ends
  std::int64_t new_start = 0;  ///< the frame of the new piece at which the overlap begins
  std::int64_t overlap = 0;    ///< its length in frames; a multiple of 10 ms
};

/// Returns the joint with the steadiest loudness of the mix. The overlap lies within both bodies,
/// further inside if a tail decays or an entry swells, so that nothing is faded twice. Its length
/// is 8 s, or a length from 4 to 16 s that gives a steadier result, but at most a tenth of the
/// shorter body. If `seconds` is given, it is that length, but at most half of the shorter body.
Joint find_joint(const PairSide& old_side, const PairSide& new_side, int sample_rate,
                 std::optional<double> seconds = std::nullopt);

}  // namespace focus::core::mastering
