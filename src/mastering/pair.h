// SPDX-License-Identifier: MIT
// Finds where two finished pieces of music should be joined, from their loudness over time alone.
// Samples are looked at later (see alignment.h).
#pragma once

#include <cstdint>
#include <optional>
#include <span>

#include "mastering/crossfade_level.h"
#include "mastering/music_edges.h"

namespace focus::core::mastering {

/// The properties of one of the two pieces.
struct PairSide {
  std::span<const float> energies;  ///< K-weighted mean squares of the whole piece, one every 10 ms
  double integrated_lufs = 0.0;
  MusicEdges edges;
  std::int64_t free_from = 0;  ///< earlier frames belong to the overlap at its own beginning
  /// Frames at its end that are left for its own next overlap.
  std::int64_t reserved = 0;
};

/// A part of the overlap, in frames from its start.
struct FrameSpan {
  std::int64_t from = 0;
  std::int64_t to = 0;
};

struct Joint {
  std::int64_t old_end = 0;    ///< the frame of the old piece at which the overlap ends
  std::int64_t new_start = 0;  ///< the frame of the new piece at which the overlap begins
  std::int64_t overlap = 0;    ///< its length in frames; a multiple of 10 ms
  bool keep_old = false;       ///< see CrossfadeShape
  bool keep_new = false;
  FrameSpan fade_out;
  FrameSpan fade_in;
  FrameSpan held;
  BodyEnergies bodies;  ///< the levels between which the loudness goes over

  CrossfadeShape shape() const;
  std::int64_t old_start() const { return old_end - overlap; }
  /// Lets the new piece begin `frames` earlier (negative: later). The overlap still ends with the
  /// old piece.
  void begin_earlier(std::int64_t frames);
};

/// Returns the joint with the steadiest loudness of the mix, at which all sound of both pieces is
/// heard, from sound_in to sound_out.
///
/// A piece that ends or begins at once is faded. Its fade is 8 s long, or has a length from 4 to 16
/// s that gives a steadier result, but at most a tenth of the shorter piece. If `seconds` is given,
/// it is that length, but at most half of the shorter piece. A piece that decays or swells is not
/// faded: the other one comes in under its decay or goes out under its swell, and the overlap is at
/// least as long as what is left of them.
Joint find_joint(const PairSide& old_side, const PairSide& new_side, int sample_rate,
                 std::optional<double> seconds = std::nullopt);

}  // namespace focus::core::mastering
