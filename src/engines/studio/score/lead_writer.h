// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "base/random.h"
#include "engines/studio/score/melody_plan.h"
#include "engines/studio/score/note.h"
#include "engines/studio/score/part.h"

namespace focus::core::engines::studio {

/// Places gestures on the scale and writes their notes.
///
/// The pitches of the scale within the lead's register are a ladder. The contour of a gesture is a
/// list of steps on it, so that the rung of its first note determines all of its pitches. Each rung
/// has a cost: for notes that do not fit the chord or are hidden in the pad, for intervals that
/// differ from the theme's, for the way from the note before, and for the distance from the arch
/// that the melody of a phrase describes. The cheapest rung is the gesture's place.
class LeadWriter {
 public:
  explicit LeadWriter(const Phrase& phrase);

  /// Writes the notes of the gesture. The gestures of a phrase are written in order.
  void write(const Gesture& gesture, std::vector<Note>& notes);

 private:
  using Pitches = std::array<int, Cell::kMaxNotes>;
  struct Place {
    int rung = 0;  ///< of the contour's first note
    bool bent = true;
    double cost = 1e9;
    Pitches pitches{};
  };

  /// Most notes of a slow melody fall on strong beats, so that its intervals are bent more often.
  bool is_slow() const { return theme_.step_beats > 0.5; }
  int rungs() const { return static_cast<int>(ladder_.size()); }
  int rung(int index) const;
  /// How a theme is known: from which rung, and with which pitches.
  struct Known {
    int home = 0;
    Pitches pitches{};
  };
  bool is_of_tonic(int pitch) const;
  /// Whether note `i` is heard against the chord: it is long or stands on a strong beat.
  bool rests_on(const Gesture& gesture, int i) const;
  /// The theme at home, where its strong notes are of the tonic chord.
  Pitches as_known(const Gesture& gesture, int home) const;
  int home_of(const Gesture& gesture) const;
  /// The middle of the melody at a beat.
  double height(double beat) const;
  Place place_of(const Gesture& gesture) const;
  /// Sets the pitches of `place`. If it is bent, notes on strong beats are moved to the chord.
  void pitch(const Gesture& gesture, const Known& known, Place& place) const;
  double misfit(const Gesture& gesture, const Known& known, const Place& place) const;
  /// Whether note `i` may stand out of the chord, because it is resolved downwards by step.
  bool is_suspended(const Gesture& gesture, const Pitches& pitches, int i) const;
  void add(const Gesture& gesture, int i, int pitch, double beat, double beats,
           std::vector<Note>& notes);
  double velocity(const Gesture& gesture, int i, double beat) const;

  const Phrase& phrase_;
  const Theme& theme_;
  std::vector<int> ladder_;
  double centre_ = 72.0;
  double peak_beat_ = 0.0;  ///< where the melody is at its height
  Random random_;
  // What was written before.
  int last_ = 0;
  double last_end_ = -1e9;
  int highest_ = 0;
  struct Stated {
    const Cell* cell = nullptr;
    int rung = -1;
  };
  std::array<Stated, 3> stated_;  ///< by contour
};

}  // namespace focus::core::engines::studio
