// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <cstdlib>
#include <vector>

#include "base/random.h"
#include "engines/studio/score/note.h"
#include "engines/studio/score/palette.h"
#include "engines/studio/score/part.h"

namespace focus::core::engines::studio {

/// More than any place for a motif costs.
inline constexpr double kCostNoPlace = 1e9;

/// Places motifs on the scale and writes their notes.
///
/// The pitches of the scale within the lead's register are a ladder. A motif is a list of steps on
/// it, so that the rung of its first note determines all of its pitches. Each rung has a cost: for
/// notes on strong beats that are not in the chord, for intervals that differ from the motif's, for
/// the way from the note before. The cheapest rung is the motif's place.
class LeadWriter {
 public:
  /// If `faithful`, the melody keeps the motif's intervals even where a note is not in the chord.
  LeadWriter(const Phrase& phrase, bool faithful);

  /// Writes the notes of the motif, with its first note on rung `first`.
  void state(const Motif& motif, int first, double start, Random random, std::vector<Note>& notes);

  /// A place for a motif: the rung of its first note, and the cost.
  struct Place {
    int first = 0;
    double cost = kCostNoPlace;
  };
  /// Returns the cheapest place for the motif at beat `start`. `strange` returns an additional cost
  /// for each rung. A small random cost decides between places that are equally good.
  template <typename Strange>
  Place place_of(const Motif& motif, int home, double start, int note_before,
                 const Strange& strange, Random random) const {
    Place best;
    for (int first = 0; first < rungs(); ++first) {
      double cost = random.uniform(0.0, 1.0) + misfit(motif, home, first, start) + strange(first);
      cost += leap_cost(std::abs(pitch_of(motif, 0, first, start) - note_before));
      if (cost < best.cost) best = {first, cost};
    }
    return best;
  }

  /// Returns the rung that defines the intervals of a faithful motif: one over the tonic chord,
  /// from which many other rungs have the same intervals.
  int home_of(const Motif& motif) const;

  bool faithful() const { return faithful_; }
  /// The pitch that was written last.
  int last() const { return last_; }
  /// The pitch on which the motif ends.
  int end_of(const Motif& motif, int first, double start) const;
  /// The interval that leads to it.
  int end_interval(const Motif& motif, int first, double start) const;

 private:
  int rungs() const { return static_cast<int>(ladder_.size()); }
  int rung(int index) const;
  bool has(int index) const { return index >= 0 && index < rungs(); }
  /// Whether the motif has the same intervals from both rungs.
  bool sounds_alike(const Motif& motif, int first, int other) const;
  /// The cost of the motif's notes and intervals, without the way to its first note.
  double misfit(const Motif& motif, int home, int first, double start) const;
  static double leap_cost(int semitones);
  /// The pitch of note `i`. On a strong beat it is moved to the nearest tone of the chord; in a
  /// faithful melody only the last note is.
  int pitch_of(const Motif& motif, int i, int first, double start) const;

  const Phrase& phrase_;
  bool faithful_;
  std::vector<int> ladder_;
  int last_;
};

}  // namespace focus::core::engines::studio
