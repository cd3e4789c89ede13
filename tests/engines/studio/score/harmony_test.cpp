// SPDX-License-Identifier: MIT
#include "engines/studio/score/harmony.h"

#include <cmath>
#include <map>
#include <set>
#include <string_view>
#include <utility>

#include <catch2/catch.hpp>

#include "engines/studio/score/chord.h"
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

TEST_CASE("the pad's outer voices move, in every goal at every intensity, and not far at once") {
  for (const plan::Goal goal : kGoals) {
    for (const plan::Intensity intensity : kIntensities) {
      double moved = 0.0;
      int changes = 0, still = 0;
      std::set<int> tops;
      for (std::uint64_t seed = 1; seed <= 3; ++seed) {
        const auto chords = chords_of(notes_of(brief_for(goal, intensity, 400.0, seed)));
        for (std::size_t c = 1; c < chords.size(); ++c, ++changes) {
          const int way = std::abs(chords[c].pitches.back() - chords[c - 1].pitches.back());
          moved += way;
          still += way == 0 ? 1 : 0;
          tops.insert(chords[c].pitches.back());
        }
      }
      INFO(name_of(goal) << ' ' << name_of(intensity) << ' ' << changes << " changes");
      CHECK(moved / changes < 4.0);
      CHECK(still < changes / 2);
      CHECK(tops.size() >= 6);
    }
  }
}

TEST_CASE("no pitch of the pad is held for a minute, in sleep for two") {
  for (const plan::Goal goal : kGoals) {
    for (std::uint64_t seed = 1; seed <= 4; ++seed) {
      const plan::Brief brief = brief_for(goal, plan::Intensity::medium, 600.0, seed);
      std::map<int, std::pair<double, double>> held;  // of a pitch, the beats of its last stretch
      double longest = 0.0;
      for (const Note& note : layer_of(notes_of(brief), Layer::pad)) {
        auto& [begin, end] = held.try_emplace(note.pitch, note.beat, note.beat).first->second;
        if (note.beat > end + 0.5) begin = note.beat;
        end = note.beat + note.beats;
        longest = std::max(longest, (end - begin) * 0.25 * brief.bar_seconds);
      }
      INFO(name_of(goal) << ", seed " << seed);
      CHECK(longest < (goal == plan::Goal::sleep ? 120.0 : 75.0));
    }
  }
}

TEST_CASE("nearly all notes are in the key, in every mode, and some of the chords borrow") {
  int borrowed = 0, all = 0;
  for (const plan::Mode mode : kModes) {
    for (std::uint64_t seed = 1; seed <= 3; ++seed) {
      plan::Brief brief = brief_for(plan::Goal::focus, plan::Intensity::high, 240.0, seed);
      brief.home = brief.home_before = brief.home_after = {static_cast<int>(5 * seed) % 12, mode};
      brief.form = nullptr;
      const auto scale = plan::harmony_scale(mode);
      int outside = 0, notes = 0;
      for (const Note& note : notes_of(brief)) {
        if (note.layer == Layer::kit) continue;
        const int step = wrap(note.pitch - brief.home.tonic, 12);
        outside += std::find(scale.begin(), scale.end(), step) == scale.end() ? 1 : 0;
        ++notes;
      }
      INFO(plan::describe(brief.home) << ": " << outside << " of " << notes);
      CHECK(outside < notes / 6);
      borrowed += outside;
      all += notes;
    }
  }
  CHECK(borrowed > all / 200);
}

TEST_CASE("every line of the progressions can be read, in every mode") {
  for (const plan::Mode mode : kModes) {
    for (const std::string_view text :
         {"I", "iim7b5", "bVImaj7", "V7sus", "V7>ii", "IV@1", "I:3", "vi:5", "#iv", "iadd9"}) {
      INFO(text);
      CHECK(read_chord(text, {4, mode}, false));
    }
    CHECK_FALSE(read_chord("Vhigh", {4, mode}, false));
    CHECK_FALSE(read_chord("8", {4, mode}, false));
  }
  const plan::Key c_major{0, plan::Mode::ionian};
  CHECK(read_chord("V7>ii", c_major, false)->root == 9);
  CHECK(read_chord("bVII", c_major, false)->root == 10);
  CHECK(read_chord("IV@1", c_major, false)->bass == 0);
  CHECK(read_chord("I:3", c_major, false)->bass == 4);
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
        const plan::Brief leaving = plan.brief(k, 48000), coming = plan.brief(k + 1, 48000);
        if (leaving.home == coming.home) continue;
        // Where a movement begins in the overlap, two changes meet.
        const auto time = [](double seconds) { return std::llround(100.0 * seconds); };
        const plan::Movement& movement = coming.form->at(time(coming.start_seconds - 10.0));
        if (movement.end < time(coming.start_seconds + 20.0)) continue;
        const auto triad =
            plan::common_chord(movement.key_in(leaving.home), movement.key_in(coming.home));
        if (!triad) continue;
        ++changes;
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
        for (const Note& note : heard) {
          // On its way to the next chord the bass may pass by a step.
          if (note.layer == Layer::bass && note.beats < 1.0) continue;
          CHECK(in_triad(*triad, note.pitch));
        }
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
  brief.home_before = {wrap(brief.home.tonic + 7, 12), brief.home.mode};
  brief.home_after = {wrap(brief.home.tonic + 5, 12), brief.home.mode};
  REQUIRE_FALSE(alone.empty());
  CHECK(chords_in_the_middle(brief) == alone);
}
