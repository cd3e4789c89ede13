// SPDX-License-Identifier: MIT
#include "engines/studio/score/harmony.h"

#include <set>

#include <catch2/catch.hpp>

#include "score_support.h"

using namespace focus::core;
using namespace focus::test;

namespace {

constexpr plan::Mode kModes[] = {plan::Mode::ionian,  plan::Mode::dorian,
                                 plan::Mode::lydian,  plan::Mode::mixolydian,
                                 plan::Mode::aeolian, plan::Mode::minor_pentatonic};

bool in_triad(const plan::Triad& triad, int pitch) {
  return std::any_of(triad.begin(), triad.end(),
                     [&](int tone) { return wrap(pitch - tone, 12) == 0; });
}

/// The notes of pads and bass that sound in a stretch of a brief, without those that only end in
/// it.
std::vector<Note> harmony_between(const plan::Brief& brief, double from_seconds,
                                  double to_seconds) {
  const double from = beat_of(brief, from_seconds), to = beat_of(brief, to_seconds);
  std::vector<Note> notes;
  for (const Note& note : Composer(brief).notes(from, to)) {
    if (note.beat + note.beats < from + 0.5) continue;
    if (note.layer == Layer::pad || note.layer == Layer::upper_pad || note.layer == Layer::bass) {
      notes.push_back(note);
    }
  }
  return notes;
}

}  // namespace

TEST_CASE("voices move little from chord to chord, in every mode") {
  for (const plan::Mode mode : kModes) {
    for (std::uint64_t seed = 1; seed <= 5; ++seed) {
      plan::Brief brief = brief_for(plan::Goal::focus, plan::Intensity::medium, 240.0, seed);
      brief.key = {static_cast<int>(2 * seed) % 12, mode};
      const auto chords = chords_of(notes_of(brief));
      REQUIRE(chords.size() > 8);
      for (const PadChord& chord : chords) REQUIRE(chord.pitches.size() == 4);
      INFO(plan::describe(brief.key) << ", seed " << seed);
      CHECK(voice_leading(chords) < 1.8);
    }
  }
}

TEST_CASE("voices move little from chord to chord, in every goal at every intensity") {
  for (const plan::Goal goal : kGoals) {
    for (const plan::Intensity intensity : kIntensities) {
      double sum = 0.0;
      for (std::uint64_t seed = 1; seed <= 5; ++seed) {
        sum += voice_leading(chords_of(notes_of(brief_for(goal, intensity, 400.0, seed))));
      }
      INFO(name_of(goal) << ' ' << name_of(intensity) << ' ' << sum / 5.0);
      CHECK(sum / 5.0 < 1.5);
      CHECK(sum / 5.0 > 0.2);  // it does move
    }
  }
}

TEST_CASE("every note is in the key, in every mode") {
  for (const plan::Mode mode : kModes) {
    for (std::uint64_t seed = 1; seed <= 3; ++seed) {
      plan::Brief brief = brief_for(plan::Goal::focus, plan::Intensity::high, 240.0, seed);
      brief.key = brief.key_before = brief.key_after = {static_cast<int>(5 * seed) % 12, mode};
      const auto scale = plan::harmony_scale(mode);
      for (const Note& note : notes_of(brief)) {
        if (note.layer == Layer::kit) continue;
        const int step = wrap(note.pitch - brief.key.tonic, 12);
        INFO(plan::describe(brief.key) << ", step " << step);
        REQUIRE(std::find(scale.begin(), scale.end(), step) != scale.end());
      }
    }
  }
}

TEST_CASE("a low chord is open, and no voice crosses or doubles another's pitch") {
  for (const plan::Goal goal : kGoals) {
    for (std::uint64_t seed = 1; seed <= 5; ++seed) {
      for (const PadChord& chord :
           chords_of(notes_of(brief_for(goal, plan::Intensity::high, 300.0, seed)))) {
        INFO(name_of(goal) << ", seed " << seed);
        for (std::size_t v = 1; v < chord.pitches.size(); ++v) {
          CHECK(chord.pitches[v] > chord.pitches[v - 1]);
        }
        CHECK(chord.pitches.front() >= 40);
        CHECK(chord.pitches.back() <= 76);
        CHECK(chord.pitches.back() - chord.pitches.front() <= 26);
      }
    }
  }
}

TEST_CASE("a piece has several chords and comes home to its tonic") {
  for (const plan::Goal goal : kGoals) {
    const plan::Brief brief = brief_for(goal, plan::Intensity::medium, 600.0);
    std::map<std::set<int>, int> chords;
    int home = 0, all = 0;
    for (const PadChord& chord : chords_of(notes_of(brief))) {
      std::set<int> classes;
      for (const int pitch : chord.pitches) classes.insert(wrap(pitch, 12));
      ++chords[classes];
      home += classes.count(wrap(brief.key.tonic, 12)) > 0 ? 1 : 0;
      ++all;
    }
    INFO(name_of(goal));
    CHECK(chords.size() >= 4);
    CHECK(home > all / 4);
    CHECK(home < all);
  }
}

TEST_CASE("a key changes by way of a chord that both keys have") {
  int changes = 0;
  for (const plan::Goal goal : kGoals) {
    for (std::uint64_t seed = 1; seed <= 6; ++seed) {
      plan::Request request = request_for(goal, plan::Intensity::high);
      request.divergence = 1.0;
      const plan::Plan plan = plan::planned(request, seed);
      for (int k = 0; k + 1 < plan.segment_count(); ++k) {
        if (plan.key(k) == plan.key(k + 1)) continue;
        const auto triad = plan::common_chord(plan.key(k), plan.key(k + 1));
        if (!triad) continue;
        ++changes;
        const plan::Brief leaving = plan.brief(k, 48000), coming = plan.brief(k + 1, 48000);
        REQUIRE(leaving.key_after == coming.key);
        const double overlap = static_cast<double>(coming.overlap_in) / 48000.0;
        const double end = leaving.length_seconds();
        auto heard = harmony_between(leaving, end - overlap, end);
        const auto after = harmony_between(coming, 0.0, overlap);
        REQUIRE_FALSE(heard.empty());
        REQUIRE_FALSE(after.empty());
        heard.insert(heard.end(), after.begin(), after.end());
        INFO(name_of(goal) << ", seed " << seed << ", " << plan::describe(leaving.key) << " to "
                           << plan::describe(coming.key));
        for (const Note& note : heard) CHECK(in_triad(*triad, note.pitch));
      }
    }
  }
  CHECK(changes > 20);
}

TEST_CASE("away from a change of key the chords are what they would be without it") {
  plan::Brief brief = brief_for(plan::Goal::focus, plan::Intensity::medium, 120.0);
  const auto chords_in_the_middle = [](const plan::Brief& of) {
    std::vector<std::vector<int>> chords;
    for (const PadChord& chord : chords_of(notes_of(of))) {
      if (chord.beat > beat_of(of, 60.0) && chord.beat < beat_of(of, 80.0)) {
        chords.push_back(chord.pitches);
      }
    }
    return chords;
  };
  const auto alone = chords_in_the_middle(brief);
  brief.key_before = {wrap(brief.key.tonic + 7, 12), brief.key.mode};
  brief.key_after = {wrap(brief.key.tonic + 5, 12), brief.key.mode};
  REQUIRE_FALSE(alone.empty());
  CHECK(chords_in_the_middle(brief) == alone);
}
