// SPDX-License-Identifier: MIT
// The melody, judged as one: by what returns, how far it leaps, and whether it rests on the chord.
#include <utility>

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
      int melodies = 0, with_strong_notes = 0, notes = 0;
      for (std::uint64_t seed = 1; seed <= kSeeds; ++seed) {
        const Melody melody = melody_of(goal, intensity, seed);
        if (melody.notes.size() <= 8) continue;
        const auto on_chord = strong_chord_tones(melody.notes, melody.chords);
        INFO(name_of(goal) << ' ' << name_of(intensity) << ", seed " << seed << ", "
                           << melody.notes.size() << " notes");
        if (melody.notes.size() >= 30) CHECK(leaps(melody.notes) <= 0.15);
        if (on_chord) {
          if (melody.notes.size() >= 60) CHECK(*on_chord >= 0.6);
          strong += *on_chord;
          ++with_strong_notes;
        }
        again += motif_recurrence(melody.notes);
        leapt += leaps(melody.notes);
        ++melodies;
        notes += static_cast<int>(melody.notes.size());
      }
      INFO(name_of(goal) << ' ' << name_of(intensity) << ": " << again / melodies << ", "
                         << leapt / melodies << ", " << strong / with_strong_notes);
      REQUIRE(melodies >= 4);
      // Some dozen notes in a quarter of an hour can not show what they repeat.
      if (notes >= 60 * melodies) CHECK(again / melodies >= 0.3);
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
    CHECK(high - low >= 8);
    CHECK(high - low <= 31);
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

namespace {

/// Runs of notes between silences of two beats or more.
std::vector<std::vector<Note>> phrases_in(const std::vector<Note>& melody) {
  std::vector<std::vector<Note>> phrases;
  for (const Note& note : melody) {
    if (phrases.empty() || note.beat - phrases.back().back().beat >= 2.5) phrases.emplace_back();
    phrases.back().push_back(note);
  }
  return phrases;
}

/// The way from note to note: intervals in semitones and waits in half beats.
std::vector<std::pair<int, int>> steps_of(const std::vector<Note>& melody) {
  std::vector<std::pair<int, int>> steps;
  for (std::size_t i = 1; i < melody.size(); ++i) {
    steps.emplace_back(melody[i].pitch - melody[i - 1].pitch,
                       static_cast<int>(std::lround(2.0 * (melody[i].beat - melody[i - 1].beat))));
  }
  return steps;
}

/// The share of the melody's runs of five notes that were heard 32 beats before or earlier.
double tunes_that_return(const std::vector<Note>& melody) {
  constexpr std::size_t kRun = 4;
  const auto steps = steps_of(melody);
  int again = 0, all = 0;
  for (std::size_t i = 0; i + kRun <= steps.size(); ++i, ++all) {
    for (std::size_t j = 0; j < i && melody[j].beat + 32.0 <= melody[i].beat; ++j) {
      if (std::equal(steps.begin() + static_cast<std::ptrdiff_t>(i),
                     steps.begin() + static_cast<std::ptrdiff_t>(i + kRun),
                     steps.begin() + static_cast<std::ptrdiff_t>(j))) {
        ++again;
        break;
      }
    }
  }
  return static_cast<double>(again) / std::max(1, all);
}

constexpr plan::Goal kGoalsWithTunes[] = {plan::Goal::focus, plan::Goal::relax,
                                          plan::Goal::energize};

}  // namespace

TEST_CASE("a tune comes back whole, and is not all there is") {
  for (const plan::Goal goal : kGoalsWithTunes) {
    for (const plan::Intensity intensity : kIntensities) {
      double returned = 0.0;
      for (std::uint64_t seed = 1; seed <= kSeeds; ++seed) {
        returned += tunes_that_return(melody_of(goal, intensity, seed).notes) / kSeeds;
      }
      INFO(name_of(goal) << ' ' << name_of(intensity) << ": " << returned);
      CHECK(returned >= 0.04);
      CHECK(returned <= 0.85);
    }
  }
}

TEST_CASE("phrases of a melody differ in length and in rhythm") {
  for (const plan::Goal goal : kGoalsWithTunes) {
    double varied = 0.0, most_common = 0.0;
    for (std::uint64_t seed = 1; seed <= kSeeds; ++seed) {
      const auto phrases = phrases_in(melody_of(goal, plan::Intensity::medium, seed).notes);
      REQUIRE(phrases.size() >= 8);
      double sum = 0.0, squares = 0.0;
      std::map<std::vector<int>, int> rhythms;
      for (const auto& phrase : phrases) {
        const auto length = static_cast<double>(phrase.size());
        sum += length;
        squares += length * length;
        std::vector<int> rhythm;
        for (const auto& [interval, wait] : steps_of(phrase)) rhythm.push_back(wait);
        ++rhythms[rhythm];
      }
      const auto count = static_cast<double>(phrases.size());
      const double mean = sum / count;
      varied += std::sqrt(squares / count - mean * mean) / mean / kSeeds;
      int most = 0;
      for (const auto& [rhythm, times] : rhythms) most = std::max(most, times);
      most_common += most / count / kSeeds;
    }
    INFO(name_of(goal) << ": " << varied << ", " << most_common);
    CHECK(varied >= 0.4);
    CHECK(varied <= 1.4);
    CHECK(most_common <= 0.5);
  }
}

TEST_CASE("a melody repeats a note now and then") {
  for (const plan::Goal goal : kGoalsWithTunes) {
    double repeated = 0.0;
    for (std::uint64_t seed = 1; seed <= kSeeds; ++seed) {
      const auto intervals = intervals_of(melody_of(goal, plan::Intensity::high, seed).notes);
      repeated += static_cast<double>(std::count(intervals.begin(), intervals.end(), 0)) /
                  static_cast<double>(intervals.size()) / kSeeds;
    }
    INFO(name_of(goal) << ": " << repeated);
    CHECK(repeated >= 0.03);
    CHECK(repeated <= 0.25);
  }
}

TEST_CASE("a melody lies above the chord") {
  for (const plan::Goal goal : kGoals) {
    for (const plan::Intensity intensity : kIntensities) {
      int under = 0, all = 0;
      for (std::uint64_t seed = 1; seed <= kSeeds; ++seed) {
        const Melody melody = melody_of(goal, intensity, seed);
        for (const Note& note : melody.notes) {
          const PadChord* chord = nullptr;
          for (const PadChord& other : melody.chords) {
            if (other.beat <= note.beat + 0.15) chord = &other;
          }
          if (chord == nullptr) continue;
          ++all;
          if (note.pitch < chord->pitches.back()) ++under;
        }
      }
      INFO(name_of(goal) << ' ' << name_of(intensity) << ": " << under << " of " << all);
      CHECK(5 * under <= all);
    }
  }
}

TEST_CASE("a melody swells and fades") {
  for (const plan::Goal goal : kGoalsWithTunes) {
    const Melody melody = melody_of(goal, plan::Intensity::medium, 2);
    float softest = 1.0f, loudest = 0.0f;
    for (const auto& phrase : phrases_in(melody.notes)) {
      float sum = 0.0f;
      for (const Note& note : phrase) sum += note.velocity;
      softest = std::min(softest, sum / static_cast<float>(phrase.size()));
      loudest = std::max(loudest, sum / static_cast<float>(phrase.size()));
    }
    INFO(name_of(goal) << ' ' << softest << " to " << loudest);
    CHECK(loudest >= softest + 0.12f);
  }
}
