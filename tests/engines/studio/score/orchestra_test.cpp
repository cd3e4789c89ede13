// SPDX-License-Identifier: MIT
#include "engines/studio/score/orchestra.h"

#include <set>

#include <catch2/catch.hpp>

#include "engines/studio/score/casting.h"
#include "score_support.h"

using namespace focus::test;

namespace {

constexpr std::uint64_t kSeeds = 16;

Palette palette_of(plan::Goal goal, const plan::PromptLeaning& leaning, std::uint64_t seed) {
  plan::Brief brief = brief_for(goal, plan::Intensity::high, 10.0, seed);
  brief.leaning = leaning;
  return Composer(brief).palette();
}

/// Whether a goal has figures at all, and so a player of them.
bool has_figures(plan::Goal goal) { return goal != plan::Goal::sleep; }

template <typename Check>
void for_each_instrument(Check check) {
  for (int i = 0; i < plan::kInstrumentCount; ++i) check(static_cast<plan::Instrument>(i));
}

}  // namespace

TEST_CASE("the instruments that play chords are those that have a pad") {
  for_each_instrument([](plan::Instrument instrument) {
    INFO(name_of(instrument));
    CHECK(pad_of(instrument).has_value() == plays_chords(instrument));
  });
}

TEST_CASE("an instrument that is asked for by name plays the melody") {
  for (const plan::Goal goal : kGoals) {
    for_each_instrument([&](plan::Instrument wanted) {
      plan::PromptLeaning leaning;
      leaning.of(wanted) = 0.6;
      for (std::uint64_t seed = 1; seed <= 10; ++seed) {
        const Palette palette = palette_of(goal, leaning, seed);
        INFO(name_of(goal) << ", " << name_of(wanted));
        CHECK(palette.lead == wanted);
        if (has_figures(goal)) CHECK(palette.ostinato != wanted);
      }
    });
  }
}

TEST_CASE("of two who are asked for one leads and the other runs beside it") {
  plan::PromptLeaning leaning;
  leaning.of(plan::Instrument::harp) = leaning.of(plan::Instrument::bells) = 1.0;
  std::set<plan::Instrument> leads;
  for (std::uint64_t seed = 1; seed <= kSeeds; ++seed) {
    const Palette palette = palette_of(plan::Goal::focus, leaning, seed);
    CHECK(std::set{palette.lead, palette.ostinato} ==
          std::set{plan::Instrument::harp, plan::Instrument::bells});
    leads.insert(palette.lead);
  }
  CHECK(leads.size() == 2);
}

TEST_CASE("an instrument that is not wanted plays nothing, over many sessions") {
  for (const plan::Goal goal : kGoals) {
    for_each_instrument([&](plan::Instrument unwanted) {
      plan::PromptLeaning leaning;
      leaning.of(unwanted) = -1.0;
      for (std::uint64_t seed = 1; seed <= kSeeds; ++seed) {
        const Palette palette = palette_of(goal, leaning, seed);
        INFO(name_of(goal) << " without " << name_of(unwanted) << ", seed " << seed);
        CHECK(palette.lead != unwanted);
        if (has_figures(goal)) CHECK(palette.ostinato != unwanted);
      }
    });
  }
}

TEST_CASE("strings, choir and others that are asked for are the pads, and never when unwanted") {
  const std::pair<plan::Instrument, std::set<PadSound>> kPads[] = {
      {plan::Instrument::strings, {PadSound::strings}},
      {plan::Instrument::choir, {PadSound::choir}},
      {plan::Instrument::brass, {PadSound::brass}},
      {plan::Instrument::organ, {PadSound::organ, PadSound::drawbars}}};
  for (const plan::Goal goal : kGoals) {
    for (const auto& [instrument, sounds] : kPads) {
      plan::PromptLeaning wanted, unwanted;
      wanted.of(instrument) = 0.8;
      unwanted.of(instrument) = -0.8;
      for (std::uint64_t seed = 1; seed <= kSeeds; ++seed) {
        INFO(name_of(goal) << ", " << name_of(instrument) << ", seed " << seed);
        CHECK(sounds.count(palette_of(goal, wanted, seed).pad) == 1);
        CHECK(sounds.count(palette_of(goal, unwanted, seed).pad) == 0);
        CHECK(sounds.count(palette_of(goal, unwanted, seed).upper_pad) == 0);
      }
    }
  }
}

TEST_CASE("an instrument that is asked for beside strings leads, and the strings are its pads") {
  plan::PromptLeaning leaning;
  leaning.of(plan::Instrument::piano) = leaning.of(plan::Instrument::strings) = 1.0;
  for (const plan::Goal goal : kGoals) {
    for (std::uint64_t seed = 1; seed <= 10; ++seed) {
      const Palette palette = palette_of(goal, leaning, seed);
      CHECK(palette.lead == plan::Instrument::piano);
      CHECK(palette.pad == PadSound::strings);
    }
  }
}

TEST_CASE("the scenery that is wanted most is the bed, and is heard") {
  for (const plan::Goal goal : kGoals) {
    for (int s = 0; s < plan::kSceneryCount; ++s) {
      const auto scenery = static_cast<plan::Scenery>(s);
      plan::Brief brief = brief_for(goal, plan::Intensity::medium, 10.0);
      const double by_itself = Composer(brief).style().texture_db;
      brief.leaning.of(scenery) = 0.9;
      brief.leaning.of(static_cast<plan::Scenery>((s + 1) % plan::kSceneryCount)) = 0.4;
      const Composer composer(brief);
      INFO(name_of(goal) << ", " << name_of(scenery));
      CHECK(composer.palette().bed == scenery);
      CHECK(composer.style().texture);
      CHECK(composer.style().texture_db > by_itself + 6.0);
    }
  }
}

TEST_CASE("a scenery that is refused is not heard, nor any where ambience is") {
  for (const plan::Goal goal : kGoals) {
    for (int s = 0; s < plan::kSceneryCount; ++s) {
      const auto scenery = static_cast<plan::Scenery>(s);
      for (std::uint64_t seed = 1; seed <= 10; ++seed) {
        plan::Brief brief = brief_for(goal, plan::Intensity::medium, 10.0, seed);
        brief.leaning.of(scenery) = -1.0;
        const Composer composer(brief);
        INFO(name_of(goal) << " without " << name_of(scenery));
        CHECK((!composer.style().texture || composer.palette().bed != scenery));
      }
    }
    plan::Brief brief = brief_for(goal, plan::Intensity::medium, 10.0);
    brief.leaning.of(plan::Scenery::rain) = 1.0;
    brief.leaning.of(plan::Stem::ambience) = -1.0;
    CHECK_FALSE(Composer(brief).style().texture);
  }
}

TEST_CASE("a scenery that is wanted less is not the bed where there is another") {
  plan::PromptLeaning leaning;
  leaning.of(plan::Scenery::wind) = -0.5;
  for (std::uint64_t seed = 1; seed <= kSeeds; ++seed) {
    CHECK(palette_of(plan::Goal::relax, leaning, seed).bed != plan::Scenery::wind);
  }
}

TEST_CASE("sessions of one goal differ in who plays") {
  for (const plan::Goal goal : kGoals) {
    std::set<plan::Instrument> leads;
    std::set<PadSound> pads;
    for (std::uint64_t seed = 1; seed <= kSeeds; ++seed) {
      const Palette palette = palette_of(goal, {}, seed);
      leads.insert(palette.lead);
      pads.insert(palette.pad);
    }
    INFO(name_of(goal));
    CHECK(leads.size() >= 3);
    CHECK(pads.size() >= 2);
  }
}

TEST_CASE("who plays is drawn by the decision of voices alone") {
  plan::Brief brief = brief_for(plan::Goal::focus, plan::Intensity::high, 10.0);
  const Palette before = Composer(brief).palette();
  brief.drawn_at[static_cast<std::size_t>(plan::Decision::chords)] = 6;
  brief.drawn_at[static_cast<std::size_t>(plan::Decision::density)] = 6;
  const Palette same = Composer(brief).palette();
  CHECK(same.lead == before.lead);
  CHECK(same.pad == before.pad);
  CHECK(same.bed == before.bed);
  std::set<plan::Instrument> leads;
  for (int drawn = 1; drawn <= 12; ++drawn) {
    brief.drawn_at[static_cast<std::size_t>(plan::Decision::voices)] = drawn;
    leads.insert(Composer(brief).palette().lead);
  }
  CHECK(leads.size() >= 3);
}

TEST_CASE("movements have five pads and five leads or more to choose from") {
  for (const plan::Goal goal : kGoals) {
    std::set<PadSound> pads;
    std::set<plan::Instrument> leads;
    for (std::uint64_t seed = 1; seed <= 4 * kSeeds; ++seed) {
      const Palette palette = palette_of(goal, {}, seed);
      pads.insert(palette.pad);
      leads.insert(palette.lead);
    }
    INFO(name_of(goal));
    CHECK(pads.size() >= 5);
    CHECK(leads.size() >= 5);
  }
}

TEST_CASE("all who are asked for play within two minutes, and again until the end") {
  constexpr plan::Instrument kPairs[][2] = {{plan::Instrument::flute, plan::Instrument::harp},
                                            {plan::Instrument::piano, plan::Instrument::guitar},
                                            {plan::Instrument::strings, plan::Instrument::choir}};
  for (const plan::Goal goal : kGoals) {
    for (const auto& pair : kPairs) {
      for (std::uint64_t seed = 1; seed <= 3; ++seed) {
        plan::Brief brief = brief_for(goal, plan::Intensity::low, 360.0, seed);
        brief.leaning.of(pair[0]) = brief.leaning.of(pair[1]) = 0.8;
        const std::vector<Note> notes = notes_of(brief);
        for (const plan::Instrument wanted : pair) {
          INFO(name_of(goal) << ", " << name_of(wanted) << ", seed " << seed);
          for (double from = 0.0; from < 240.0; from += 120.0) {
            CHECK(std::any_of(notes.begin(), notes.end(), [&](const Note& note) {
              const auto pad = pad_of(wanted);
              const bool is_pad = note.layer == Layer::pad || note.layer == Layer::upper_pad;
              const bool is_solo = note.layer == Layer::lead || note.layer == Layer::ostinato;
              const bool sounds = (is_solo && note.sound == static_cast<int>(wanted)) ||
                                  (is_pad && pad && note.sound == static_cast<int>(*pad));
              return sounds && note.beat < beat_of(brief, from + 120.0) &&
                     note.beat + note.beats > beat_of(brief, from);
            }));
          }
        }
      }
    }
  }
}
