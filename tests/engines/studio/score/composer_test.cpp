// SPDX-License-Identifier: MIT
#include "engines/studio/score/composer.h"

#include <set>
#include <utility>

#include <catch2/catch.hpp>

#include "score_support.h"

using namespace focus::core;
using namespace focus::test;

namespace {

/// What makes a note that note.
auto identity(const Note& note) {
  return std::tuple(note.beat, note.layer, note.pitch, note.key, note.beats);
}

/// A brief from the middle of a session, before anything is cut from it.
plan::Brief leaning_brief(plan::Goal goal, plan::Intensity intensity,
                          const plan::PromptLeaning& leaning, std::uint64_t seed = 5) {
  plan::Brief brief = brief_for(goal, intensity, 90.0, seed);
  brief.leaning = leaning;
  return brief;
}

}  // namespace

TEST_CASE("every goal has about as many notes a minute as it should, more with intensity") {
  constexpr double kWanted[4][3] = {{40, 90, 180}, {27, 50, 90}, {9, 17, 30}, {250, 450, 700}};
  constexpr int kSeeds = 8;
  for (std::size_t g = 0; g < 4; ++g) {
    double last = 0.0;
    for (std::size_t i = 0; i < 3; ++i) {
      double rate = 0.0;
      for (std::uint64_t seed = 1; seed <= kSeeds; ++seed) {
        rate += notes_per_minute(brief_for(kGoals[g], kIntensities[i], 180.0, seed)) / kSeeds;
      }
      INFO(name_of(kGoals[g]) << ' ' << name_of(kIntensities[i]) << ": " << rate);
      CHECK(rate > kWanted[g][i] / 1.6);
      CHECK(rate < kWanted[g][i] * 1.7);
      CHECK(rate > 1.15 * last);
      last = rate;
    }
  }
}

TEST_CASE("a window holds the notes of a longer one that sound in it") {
  for (const plan::Goal goal : kGoals) {
    const plan::Brief brief = brief_for(goal, plan::Intensity::high, 120.0);
    const Composer composer(brief);
    const double start = beat_of(brief, 0.0);
    const auto all = composer.notes(start - 64.0, start + 128.0);
    for (double from = start; from < start + 40.0; from += 3.7) {
      const double to = from + 9.3;
      std::vector<Note> expected;
      for (const Note& note : all) {
        if (note.beat < to && note.beat + note.beats > from) expected.push_back(note);
      }
      const auto window = composer.notes(from, to);
      INFO(name_of(goal) << ", beats " << from << " to " << to);
      REQUIRE(window.size() == expected.size());
      for (std::size_t i = 0; i < window.size(); ++i) {
        CHECK(identity(window[i]) == identity(expected[i]));
      }
    }
  }
}

TEST_CASE("notes are in order, within the keyboard, of some length, and no two are one") {
  for (const plan::Goal goal : kGoals) {
    for (const plan::Intensity intensity : kIntensities) {
      for (std::uint64_t seed = 1; seed <= 3; ++seed) {
        const plan::Brief brief = brief_for(goal, intensity, 120.0, seed);
        double last = -1e9;
        std::set<std::tuple<double, Layer, int, std::uint32_t, double>> seen;
        for (const Note& note : notes_of(brief)) {
          REQUIRE(note.beat >= last);
          last = note.beat;
          REQUIRE(note.beats > 0.0);
          REQUIRE(note.pitch >= 28);
          INFO(static_cast<int>(note.layer) << " plays " << note.pitch);
          REQUIRE(note.pitch <= 90);
          REQUIRE(note.velocity > 0.0f);
          REQUIRE(note.velocity <= 1.0f);
          REQUIRE(std::fabs(note.pan) <= 1.0f);
          REQUIRE(seen.insert(identity(note)).second);
        }
      }
    }
  }
}

TEST_CASE("a stem that is refused has no note, whatever the goal") {
  const auto has = [](const std::vector<Note>& notes, std::initializer_list<Layer> layers) {
    return std::any_of(layers.begin(), layers.end(),
                       [&](Layer layer) { return count(notes, layer) > 0; });
  };
  for (const plan::Goal goal : kGoals) {
    for (const plan::Intensity intensity : kIntensities) {
      for (std::uint64_t seed = 1; seed <= 3; ++seed) {
        const auto without = [&](plan::Stem stem) {
          plan::PromptLeaning leaning;
          leaning.of(stem) = -1.0;
          leaning.of(plan::Instrument::piano) = 1.0;  // one who is asked for does not undo it
          leaning.density = 1.0;
          return notes_of(leaning_brief(goal, intensity, leaning, seed));
        };
        INFO(name_of(goal) << ' ' << name_of(intensity) << ", seed " << seed);
        CHECK_FALSE(has(without(plan::Stem::pads), {Layer::pad, Layer::upper_pad}));
        CHECK_FALSE(has(without(plan::Stem::bass), {Layer::bass}));
        CHECK_FALSE(has(without(plan::Stem::melody), {Layer::lead, Layer::ostinato}));
        CHECK_FALSE(has(without(plan::Stem::percussion), {Layer::kit}));
        CHECK(has(without(plan::Stem::bass), {Layer::pad}));
      }
    }
  }
}

TEST_CASE("the last chord has no pad where pads are refused") {
  const plan::Plan plan =
      plan::planned(request_for(plan::Goal::focus, plan::Intensity::medium, 20), 4);
  plan::Brief last = plan.brief(plan.segment_count() - 1, 48000);
  REQUIRE(count(notes_of(last), Layer::pad) > 0);
  last.leaning.of(plan::Stem::pads) = -1.0;
  CHECK(count(notes_of(last), Layer::pad) == 0);
}

TEST_CASE("what a prompt asks for more of is there, and a denser one has more notes") {
  plan::PromptLeaning drums;
  drums.of(plan::Stem::percussion) = 0.5;
  CHECK(count(notes_of(leaning_brief(plan::Goal::focus, plan::Intensity::low, drums)), Layer::kit) >
        0);
  plan::PromptLeaning bass;
  bass.of(plan::Stem::bass) = 0.5;
  CHECK(count(notes_of(leaning_brief(plan::Goal::relax, plan::Intensity::low, bass)), Layer::bass) >
        0);
  for (const plan::Goal goal : kGoals) {
    double last = 0.0;
    for (const double density : {-1.0, 0.0, 1.0}) {
      plan::PromptLeaning leaning;
      leaning.density = density;
      double rate = 0.0;
      for (std::uint64_t seed = 1; seed <= 4; ++seed) {
        rate += notes_per_minute(leaning_brief(goal, plan::Intensity::high, leaning, seed));
      }
      INFO(name_of(goal) << ", density " << density);
      CHECK(rate > 1.05 * last);
      last = rate;
    }
  }
}

TEST_CASE("swing moves the off-beat towards two thirds, and the beat and the pads not at all") {
  const auto played = [](double swing) {
    plan::PromptLeaning leaning;
    leaning.swing = swing;
    std::map<std::tuple<Layer, int, std::uint32_t>, double> beats;
    for (const Note& note :
         notes_of(leaning_brief(plan::Goal::energize, plan::Intensity::high, leaning))) {
      beats[{note.layer, note.pitch, note.key}] = note.beat;
    }
    return beats;
  };
  const auto straight = played(0.0), half = played(0.5), full = played(1.0);
  int off_beats = 0, on_beats = 0, pads = 0;
  for (const auto& [note, beat] : straight) {
    if (full.count(note) == 0 || half.count(note) == 0) continue;  // at an edge of the window
    const double place = beat - std::floor(beat), whole = std::floor(beat);
    const double swung = full.at(note) - whole;
    const auto layer = std::get<Layer>(note);
    if (layer == Layer::pad || layer == Layer::upper_pad) {
      CHECK(full.at(note) == beat);
      ++pads;
    } else if (std::fabs(place - 0.5) < 0.03) {
      CHECK(swung == Approx(2.0 / 3.0).margin(0.042));
      CHECK(half.at(note) - whole == Approx(0.5 + 1.0 / 12.0).margin(0.04));
      ++off_beats;
    } else if (place < 0.02) {
      CHECK(swung == Approx(place).margin(0.025));
      ++on_beats;
    }
    // A drummer who swings has another feel, and may be a little ahead of the beat.
    REQUIRE(swung > -0.02);
    REQUIRE(swung < 1.0);
  }
  CHECK(off_beats > 100);
  CHECK(on_beats > 100);
  CHECK(pads > 20);
}

TEST_CASE("without swing the off-beat lies in the middle") {
  std::vector<double> places;
  for (const Note& note : notes_of(brief_for(plan::Goal::energize, plan::Intensity::high, 90.0))) {
    const double place = note.beat - std::floor(note.beat);
    if (note.layer == Layer::kit && place > 0.4 && place < 0.6) places.push_back(place);
  }
  REQUIRE(places.size() > 50);
  double sum = 0.0;
  for (const double place : places) sum += place;
  CHECK(sum / static_cast<double>(places.size()) == Approx(0.5).margin(0.005));
}

TEST_CASE("a stretch of the score does not depend on which segment asks for it") {
  const plan::Plan plan = plan::planned(request_for(plan::Goal::focus, plan::Intensity::high), 11);
  const plan::Brief before = plan.brief(3, 48000), after = plan.brief(4, 48000);
  const double from = beat_of(after, 0.0), to = from + 8.0;
  const auto a = Composer(before).notes(from, to), b = Composer(after).notes(from, to);
  REQUIRE(a.size() == b.size());
  REQUIRE_FALSE(a.empty());
  for (std::size_t i = 0; i < a.size(); ++i) {
    CHECK(a[i].beat == b[i].beat);
    CHECK(a[i].pitch == b[i].pitch);
    CHECK(a[i].key == b[i].key);
  }
}

TEST_CASE("a decision that is drawn again changes its own layer and leaves the others alone") {
  plan::Brief brief = brief_for(plan::Goal::focus, plan::Intensity::medium, 120.0);
  const auto before = notes_of(brief);
  brief.drawn_at[static_cast<std::size_t>(plan::Decision::motif)] = 6;
  const auto after = notes_of(brief);
  const auto beats_of = [](const std::vector<Note>& notes, Layer wanted) {
    std::vector<std::pair<double, int>> chosen;
    for (const Note& note : notes) {
      if (note.layer == wanted) chosen.emplace_back(note.beat, note.pitch);
    }
    return chosen;
  };
  CHECK(beats_of(before, Layer::lead) != beats_of(after, Layer::lead));
  CHECK(beats_of(before, Layer::pad) == beats_of(after, Layer::pad));
  CHECK(beats_of(before, Layer::kit) == beats_of(after, Layer::kit));
}

TEST_CASE("a session opens with few layers and ends on the tonic with nothing new after") {
  const plan::Plan plan =
      plan::planned(request_for(plan::Goal::focus, plan::Intensity::high, 20), 4);
  const plan::Brief opening = plan.brief(0, 48000);
  const double bar_beats = 4.0;
  const auto first = Composer(opening).notes(0.0, 2.0 * bar_beats);
  CHECK(count(first, Layer::pad) > 0);
  CHECK(count(first, Layer::kit) == 0);
  CHECK(count(first, Layer::ostinato) == 0);

  const plan::Brief last = plan.brief(plan.segment_count() - 1, 48000);
  REQUIRE(last.ending_seconds > 0.0);
  const Composer composer(last);
  std::vector<Note> final_notes;
  for (const Note& note : notes_of(last)) {
    if (note.beat >= composer.cadence_beat() - 0.01) final_notes.push_back(note);
  }
  REQUIRE(final_notes.size() >= 4);
  bool tonic = false;
  for (const Note& note : final_notes) {
    CHECK(note.beat < composer.cadence_beat() + 2.0);
    tonic = tonic || wrap(note.pitch - last.key.tonic, 12) == 0;
  }
  CHECK(tonic);
}

TEST_CASE("under a long fade the music goes on to where it always comes to rest") {
  plan::Request request = request_for(plan::Goal::sleep, plan::Intensity::medium, 60);
  const plan::Brief usual = plan::planned(request, 4).brief(29, 48000);
  request.ending_seconds = 1800.0;
  const plan::Plan plan = plan::planned(request, 4);
  CHECK(notes_of(plan.brief(29, 48000)).size() == notes_of(usual).size());
  CHECK(Composer(plan.brief(29, 48000)).cadence_beat() == Composer(usual).cadence_beat());
  const plan::Brief fading = plan.brief(20, 48000);
  CHECK(fading.ending_seconds == 1800.0);
  CHECK(Composer(fading).cadence_beat() > 1e9);
}

TEST_CASE("no phrase comes back note for note") {
  const plan::Brief brief = brief_for(plan::Goal::focus, plan::Intensity::medium, 600.0);
  const Composer composer(brief);
  const int bars = composer.palette().phrase_bars();
  std::set<std::vector<int>> phrases;
  for (int p = 0; p < 12; ++p) {
    const double from = 4.0 * bars * (20 + p);
    std::vector<int> pitches;
    for (const Note& note : composer.notes(from, from + 4.0 * bars)) {
      if (note.layer == Layer::pad || note.layer == Layer::lead) pitches.push_back(note.pitch);
    }
    phrases.insert(pitches);
  }
  CHECK(phrases.size() == 12);
}
