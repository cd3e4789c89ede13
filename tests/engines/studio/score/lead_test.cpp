// SPDX-License-Identifier: MIT
// The melody, judged as one: by what returns, how far it leaps, and whether it rests on the chord.
#include <catch2/catch.hpp>

#include "score_support.h"

using namespace focus::test;

namespace {

constexpr std::uint64_t kSeeds = 6;

struct Melody {
  std::vector<Note> notes;
  std::vector<PadChord> chords;
};

/// Some minutes from the middle of a session: more of them where notes are few.
Melody melody_of(plan::Goal goal, plan::Intensity intensity, std::uint64_t seed) {
  const double seconds = goal == plan::Goal::sleep ? 900.0 : 300.0;
  const auto notes = notes_of(brief_for(goal, intensity, seconds, seed));
  return {layer_of(notes, Layer::lead), chords_of(notes)};
}

}  // namespace

TEST_CASE("a melody remembers its motifs, sings rather than leaps, and rests on the chord") {
  for (const plan::Goal goal : kGoals) {
    for (const plan::Intensity intensity : kIntensities) {
      double again = 0.0, leapt = 0.0, strong = 0.0;
      int melodies = 0, with_strong_notes = 0;
      for (std::uint64_t seed = 1; seed <= kSeeds; ++seed) {
        const Melody melody = melody_of(goal, intensity, seed);
        if (melody.notes.size() <= 8) continue;
        const auto on_chord = strong_chord_tones(melody.notes, melody.chords);
        INFO(name_of(goal) << ' ' << name_of(intensity) << ", seed " << seed << ", "
                           << melody.notes.size() << " notes");
        CHECK(leaps(melody.notes) <= 0.15);
        if (on_chord) {
          CHECK(*on_chord >= 0.75);
          strong += *on_chord;
          ++with_strong_notes;
        }
        again += motif_recurrence(melody.notes);
        leapt += leaps(melody.notes);
        ++melodies;
      }
      INFO(name_of(goal) << ' ' << name_of(intensity) << ": " << again / melodies << ", "
                         << leapt / melodies << ", " << strong / with_strong_notes);
      if (goal == plan::Goal::sleep && intensity == plan::Intensity::low) {
        CHECK(melodies == 0);
        continue;
      }
      REQUIRE(melodies >= 4);
      CHECK(again / melodies >= 0.3);
      CHECK(again / melodies <= 0.9);
      CHECK(leapt / melodies <= 0.1);
      REQUIRE(with_strong_notes >= 4);
      CHECK(strong / with_strong_notes >= 0.75);
    }
  }
}

TEST_CASE("a melody stays in one register and has rests") {
  for (const plan::Goal goal : kGoals) {
    const Melody melody = melody_of(goal, plan::Intensity::high, 3);
    REQUIRE(melody.notes.size() > 20);
    int low = 127, high = 0, rests = 0;
    double end = melody.notes.front().beat;
    for (const Note& note : melody.notes) {
      low = std::min(low, note.pitch);
      high = std::max(high, note.pitch);
      if (note.beat > end + 1.0) ++rests;
      end = std::max(end, note.beat + note.beats);
    }
    INFO(name_of(goal) << ' ' << low << " to " << high);
    CHECK(high - low >= 5);
    CHECK(high - low <= 24);
    CHECK(rests >= 3);
  }
}

TEST_CASE("two sessions have two tunes") {
  for (const plan::Goal goal : kGoals) {
    const auto one = intervals_of(melody_of(goal, plan::Intensity::high, 1).notes);
    const auto other = intervals_of(melody_of(goal, plan::Intensity::high, 2).notes);
    CHECK(one != other);
  }
}
