// SPDX-License-Identifier: MIT
#include "engines/studio/score/midi.h"

#include <map>
#include <set>
#include <string>

#include <catch2/catch.hpp>

#include "engines/studio/score/general_midi.h"
#include "score_support.h"

using namespace focus::test;

namespace {

/// What a file holds, checked for shape on the way.
struct Contents {
  std::map<int, int> notes_on;  ///< by channel
  std::map<int, int> programs;  ///< by channel
};

Contents contents_of(const std::string& midi) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(midi.at(i)); };
  REQUIRE(midi.substr(0, 4) == "MThd");
  REQUIRE(midi.substr(14, 4) == "MTrk");
  const std::size_t length = (std::size_t{byte(18)} << 24) | (std::size_t{byte(19)} << 16) |
                             (std::size_t{byte(20)} << 8) | byte(21);
  REQUIRE(midi.size() == 22 + length);
  Contents contents;
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
    if (kind == 0xC0) {  // who plays: told before the first note, and where a movement has another
      contents.programs.try_emplace(status & 15, byte(i + 1));
      i += 2;
      continue;
    }
    REQUIRE((kind == 0x90 || kind == 0x80));
    const int channel = status & 15;
    REQUIRE((channel == 9 || contents.programs.count(channel) == 1));
    if (kind == 0x90) ++contents.notes_on[channel];
    sounding[key] += kind == 0x90 ? 1 : -1;
    REQUIRE(sounding[key] >= 0);
    i += 3;
  }
  CHECK(ended);
  for (const auto& [key, open] : sounding) CHECK(open == 0);
  return contents;
}

}  // namespace

TEST_CASE("the score is a whole MIDI file with each layer on its channel") {
  const engines::StudioEngine studio;
  const auto full =
      studio.score_as_midi(brief_for(plan::Goal::energize, plan::Intensity::high, 90.0));
  REQUIRE(full.ok());
  const auto channels = contents_of(*full).notes_on;
  for (const int channel : {0, 1, 2, 3, 4, 9}) {
    INFO("channel " << channel);
    CHECK(channels.count(channel) == 1);
  }
  const auto calm = studio.score_as_midi(brief_for(plan::Goal::sleep, plan::Intensity::low, 90.0));
  REQUIRE(calm.ok());
  const auto few = contents_of(*calm).notes_on;
  CHECK(few.count(0) == 1);
  CHECK(few.count(9) == 0);
}

TEST_CASE("a MIDI file has a note-on for each note of the score") {
  const plan::Brief brief = brief_for(plan::Goal::focus, plan::Intensity::high, 60.0);
  const auto notes = notes_of(brief);
  auto channels = contents_of(score_as_midi_file(brief)).notes_on;
  int all = 0;
  for (const auto& [channel, notes_on] : channels) all += notes_on;
  CHECK(all == static_cast<int>(notes.size()));
  CHECK(channels[3] == count(notes, Layer::lead));
  CHECK(channels[9] == count(notes, Layer::kit));
}

TEST_CASE("a MIDI file names the players that the palette has") {
  std::set<int> named;
  for (std::uint64_t seed = 1; seed <= 6; ++seed) {
    const plan::Brief brief = brief_for(plan::Goal::energize, plan::Intensity::high, 10.0, seed);
    const Palette palette = Composer(brief).palette();
    const std::map<int, int> wanted = {{0, program_of(palette.pad)},
                                       {1, program_of(palette.upper_pad)},
                                       {2, program_of(palette.bass)},
                                       {3, program_of(palette.lead)},
                                       {4, program_of(palette.ostinato)}};
    for (const auto& [channel, program] : contents_of(score_as_midi_file(brief)).programs) {
      INFO("seed " << seed << ", channel " << channel);
      CHECK(program == wanted.at(channel));
      named.insert(channel);
    }
  }
  CHECK(named == std::set<int>{0, 1, 2, 3, 4});
}

TEST_CASE("every instrument and every pad has a program of its own") {
  std::set<int> programs;
  for (int i = 0; i < plan::kInstrumentCount; ++i)
    programs.insert(program_of(static_cast<plan::Instrument>(i)));
  CHECK(programs.size() == plan::kInstrumentCount);
  for (int i = 0; i < kPadSoundCount; ++i)
    CHECK(programs.insert(program_of(static_cast<PadSound>(i))).second);
  for (const BassSound sound : {BassSound::round, BassSound::reedy}) {
    CHECK(programs.insert(program_of(sound)).second);
  }
  CHECK(*programs.begin() >= 0);
  CHECK(*programs.rbegin() <= 127);
}
