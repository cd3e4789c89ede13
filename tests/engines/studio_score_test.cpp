// SPDX-License-Identifier: MIT
#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include <catch2/catch.hpp>

#include "engines/studio/score/composer.h"
#include "engines/studio/score/part.h"
#include "engines/studio/score/scale.h"
#include "studio_support.h"

using namespace focus::test;
using namespace focus::core::studio;

namespace {

double first_beat(const Brief& brief) { return 4.0 * static_cast<double>(brief.first_bar); }

std::vector<Note> notes_of(const Brief& brief) {
  const double from = first_beat(brief);
  return Composer(brief).notes(from, from + 4.0 * brief.length_seconds() / brief.bar_seconds);
}

int count(const std::vector<Note>& notes, Layer layer) {
  return static_cast<int>(std::count_if(notes.begin(), notes.end(),
                                        [&](const Note& note) { return note.layer == layer; }));
}

/// The chords of the pad, each rising.
std::vector<std::vector<int>> chords_of(const std::vector<Note>& notes) {
  std::vector<std::vector<int>> chords;
  double start = -1e9;
  for (const Note& note : notes) {
    if (note.layer != Layer::pad) continue;
    if (note.beat - start > 1.0) {
      chords.emplace_back();
      start = note.beat;
    }
    chords.back().push_back(note.pitch);
  }
  for (auto& chord : chords) std::sort(chord.begin(), chord.end());
  return chords;
}

/// What a file holds: note-ons by channel, checked for shape on the way.
std::map<int, int> channels_in(const std::string& midi) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(midi.at(i)); };
  REQUIRE(midi.substr(0, 4) == "MThd");
  REQUIRE(midi.substr(14, 4) == "MTrk");
  const std::size_t length = (std::size_t{byte(18)} << 24) | (std::size_t{byte(19)} << 16) |
                             (std::size_t{byte(20)} << 8) | byte(21);
  REQUIRE(midi.size() == 22 + length);
  std::map<int, int> channels;
  std::map<int, int> sounding;
  bool ended = false;
  for (std::size_t i = 22; i < midi.size();) {
    while ((byte(i) & 128) != 0) ++i;
    ++i;
    const int status = byte(i);
    if (status == 0xFF) {
      ended = byte(i + 1) == 0x2F;
      i += 3U + byte(i + 2);
      continue;
    }
    const int kind = status & 0xF0, key = (status & 15) * 128 + byte(i + 1);
    if (kind == 0xC0) {  // who plays: told before the first note
      REQUIRE(channels.empty());
      i += 2;
      continue;
    }
    REQUIRE((kind == 0x90 || kind == 0x80));
    if (kind == 0x90) ++channels[status & 15];
    sounding[key] += kind == 0x90 ? 1 : -1;
    REQUIRE(sounding[key] >= 0);
    i += 3;
  }
  CHECK(ended);
  for (const auto& [key, open] : sounding) CHECK(open == 0);
  return channels;
}

}  // namespace

TEST_CASE("the score is a whole MIDI file with each layer on its channel") {
  const StudioEngine studio;
  const auto full = studio.score_as_midi(brief_for(Goal::energize, Intensity::high, 90.0));
  REQUIRE(full.ok());
  const auto channels = channels_in(*full);
  for (const int channel : {0, 1, 2, 3, 4, 9}) {
    INFO("channel " << channel);
    CHECK(channels.count(channel) == 1);
  }
  const auto calm = studio.score_as_midi(brief_for(Goal::sleep, Intensity::low, 90.0));
  REQUIRE(calm.ok());
  const auto few = channels_in(*calm);
  CHECK(few.count(0) == 1);
  CHECK(few.count(9) == 0);
}

TEST_CASE("more intensity is more notes, within every goal") {
  for (const Goal goal : {Goal::focus, Goal::relax, Goal::sleep, Goal::energize}) {
    const auto low = notes_of(brief_for(goal, Intensity::low, 120.0)).size();
    const auto medium = notes_of(brief_for(goal, Intensity::medium, 120.0)).size();
    const auto high = notes_of(brief_for(goal, Intensity::high, 120.0)).size();
    INFO(name_of(goal) << ' ' << low << ' ' << medium << ' ' << high);
    CHECK(low < medium);
    CHECK(medium < high);
  }
}

TEST_CASE("voices move little from chord to chord, in every mode") {
  for (const Mode mode : {Mode::ionian, Mode::dorian, Mode::lydian, Mode::mixolydian, Mode::aeolian,
                          Mode::minor_pentatonic}) {
    for (std::uint64_t seed = 1; seed <= 5; ++seed) {
      Brief brief = brief_for(Goal::focus, Intensity::medium, 240.0, seed);
      brief.key = {static_cast<int>(2 * seed) % 12, mode};
      const auto chords = chords_of(notes_of(brief));
      REQUIRE(chords.size() > 8);
      double moved = 0.0;
      for (std::size_t c = 1; c < chords.size(); ++c) {
        REQUIRE(chords[c].size() == 4);
        for (std::size_t v = 0; v < 4; ++v) moved += std::abs(chords[c][v] - chords[c - 1][v]);
      }
      INFO(describe(brief.key) << ", seed " << seed);
      CHECK(moved / (4.0 * static_cast<double>(chords.size() - 1)) < 1.8);
    }
  }
}

TEST_CASE("pitches are in the key, and melodies sing rather than leap") {
  for (std::uint64_t seed = 1; seed <= 6; ++seed) {
    const Brief brief = brief_for(Goal::focus, Intensity::high, 240.0, seed);
    const auto scale = harmony_scale(brief.key.mode);
    int leaps = 0, leads = 0, last = 0;
    for (const Note& note : notes_of(brief)) {
      if (note.layer == Layer::kit) continue;
      const int step = wrap(note.pitch - brief.key.tonic, 12);
      REQUIRE(std::find(scale.begin(), scale.end(), step) != scale.end());
      if (note.layer != Layer::lead) continue;
      if (leads++ > 0 && std::abs(note.pitch - last) > 7) ++leaps;
      last = note.pitch;
    }
    REQUIRE(leads > 20);
    CHECK(leaps <= leads / 10);
  }
}

TEST_CASE("what a prompt rules out is not there") {
  Brief brief = brief_for(Goal::energize, Intensity::high, 90.0);
  brief.leaning.of(Stem::percussion) = -1.0;
  CHECK(count(notes_of(brief), Layer::kit) == 0);
  brief.leaning = {};
  brief.leaning.of(Stem::melody) = -1.0;
  CHECK(count(notes_of(brief), Layer::lead) == 0);
  brief.leaning = {};
  brief.leaning.of(Stem::bass) = -1.0;
  CHECK(count(notes_of(brief), Layer::bass) == 0);
  brief = brief_for(Goal::focus, Intensity::low, 90.0);
  brief.leaning.of(Stem::percussion) = 0.5;
  CHECK(count(notes_of(brief), Layer::kit) > 0);
  brief.leaning = {};
  const auto plain = notes_of(brief).size();
  brief.leaning.density = 1.0;
  CHECK(notes_of(brief).size() > plain);
}

TEST_CASE("no phrase comes back note for note") {
  const Brief brief = brief_for(Goal::focus, Intensity::medium, 600.0);
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

TEST_CASE("a stretch of the score does not depend on which segment asks for it") {
  const Plan plan(request_for(Goal::focus, Intensity::high), 11);
  const Brief before = plan.brief(3, 48000), after = plan.brief(4, 48000);
  const double from = first_beat(after), to = from + 8.0;
  const auto a = Composer(before).notes(from, to), b = Composer(after).notes(from, to);
  REQUIRE(a.size() == b.size());
  REQUIRE_FALSE(a.empty());
  for (std::size_t i = 0; i < a.size(); ++i) {
    CHECK(a[i].beat == b[i].beat);
    CHECK(a[i].pitch == b[i].pitch);
    CHECK(a[i].key == b[i].key);
  }
}

TEST_CASE("a decision drawn anew changes its own layer and leaves the others alone") {
  Brief brief = brief_for(Goal::focus, Intensity::medium, 120.0);
  const auto before = notes_of(brief);
  brief.drawn_at[static_cast<std::size_t>(Decision::motif)] = 6;
  const auto after = notes_of(brief);
  const auto layer = [](const std::vector<Note>& notes, Layer wanted) {
    std::vector<std::pair<double, int>> chosen;
    for (const Note& note : notes) {
      if (note.layer == wanted) chosen.emplace_back(note.beat, note.pitch);
    }
    return chosen;
  };
  CHECK(layer(before, Layer::lead) != layer(after, Layer::lead));
  CHECK(layer(before, Layer::pad) == layer(after, Layer::pad));
  CHECK(layer(before, Layer::kit) == layer(after, Layer::kit));
}

TEST_CASE("a session opens with few layers and ends on the tonic with nothing new after") {
  const Plan plan(request_for(Goal::focus, Intensity::high, 20), 4);
  const Brief opening = plan.brief(0, 48000);
  const double bar_beats = 4.0;
  const auto first = Composer(opening).notes(0.0, 2.0 * bar_beats);
  CHECK(count(first, Layer::pad) > 0);
  CHECK(count(first, Layer::kit) == 0);
  CHECK(count(first, Layer::ostinato) == 0);

  const Brief last = plan.brief(plan.segment_count() - 1, 48000);
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
  Request request = request_for(Goal::sleep, Intensity::medium, 60);
  const Brief usual = Plan(request, 4).brief(29, 48000);
  request.ending_seconds = 1800.0;
  const Plan plan(request, 4);
  CHECK(notes_of(plan.brief(29, 48000)).size() == notes_of(usual).size());
  CHECK(Composer(plan.brief(29, 48000)).cadence_beat() == Composer(usual).cadence_beat());
  const Brief fading = plan.brief(20, 48000);
  CHECK(fading.ending_seconds == 1800.0);
  CHECK(Composer(fading).cadence_beat() > 1e9);
}

TEST_CASE("Euclid's rhythm spreads its strokes evenly") {
  int struck = 0;
  for (int step = 0; step < 16; ++step) struck += euclid(5, 16, step) ? 1 : 0;
  CHECK(struck == 5);
  CHECK(euclid(4, 16, 0));
  CHECK(euclid(4, 16, 4));
  CHECK_FALSE(euclid(4, 16, 2));
}
