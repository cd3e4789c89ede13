// SPDX-License-Identifier: MIT
#include "plan/lexicon.h"

#include <algorithm>
#include <cmath>

#include <catch2/catch.hpp>

#include "plan/prompt_words.h"
#include "plan/spelling.h"

using namespace focus::core;

TEST_CASE("the lexicon is sorted, and every spelling means one thing") {
  const auto words = plan::lexicon_words();
  CHECK(words.size() > 2000);
  for (std::size_t i = 1; i < words.size(); ++i) {
    CAPTURE(words[i - 1].word, words[i].word);
    REQUIRE(words[i - 1].word < words[i].word);
  }
}

TEST_CASE("every spelling is as a prompt's words are once they are folded") {
  for (const plan::LexiconWord& entry : plan::lexicon_words()) {
    CAPTURE(entry.word);
    std::string folded;
    for (const plan::PromptWord& word : plan::split_words(entry.word)) {
      folded += (folded.empty() || word.gap == plan::Gap::none ? "" : " ") + word.text;
    }
    // "808 s" is two words of which the second follows the first without a gap.
    REQUIRE(std::count(folded.begin(), folded.end(), ' ') < plan::kLongestPhrase);
    REQUIRE(folded == entry.word);
    REQUIRE(plan::find_sense(entry.word) == entry.sense);
  }
}

TEST_CASE("every push is within its range and does something") {
  for (const plan::LexiconWord& entry : plan::lexicon_words()) {
    bool ended = false;
    for (const plan::Push& push : entry.sense->pushes) {
      CAPTURE(entry.sense->name);
      ended = ended || push.on == plan::Push::On::nothing;
      if (ended) {
        REQUIRE(push.on == plan::Push::On::nothing);
        continue;
      }
      const double most = push.on == plan::Push::On::goal ? 2.0 : 1.0;
      REQUIRE(std::abs(push.amount) <= most);
      const int count = push.on == plan::Push::On::instrument ? plan::kInstrumentCount
                        : push.on == plan::Push::On::scenery  ? plan::kSceneryCount
                        : push.on == plan::Push::On::stem     ? plan::kStemCount
                        : push.on == plan::Push::On::goal     ? 4
                        : push.on == plan::Push::On::mode     ? 6
                                                              : 1;
      REQUIRE(push.which < count);
    }
  }
}

TEST_CASE("what can be heard or felt says what it does") {
  for (const plan::LexiconWord& entry : plan::lexicon_words()) {
    const plan::Sense& sense = *entry.sense;
    CAPTURE(entry.word, sense.name);
    const bool pushes = sense.pushes[0].on != plan::Push::On::nothing;
    if (sense.kind <= plan::WordKind::mode) REQUIRE(pushes);
    if (sense.kind == plan::WordKind::settled) REQUIRE_FALSE(sense.note.empty());
    if (sense.kind > plan::WordKind::settled) REQUIRE_FALSE(pushes);
    if (sense.kind == plan::WordKind::amount) REQUIRE(sense.amount > 0.0);
    if (plan::is_thing(sense.kind)) {
      const plan::Push::On on = sense.pushes[0].on;
      REQUIRE((on == plan::Push::On::instrument || on == plan::Push::On::scenery ||
               on == plan::Push::On::stem));
    }
  }
}

TEST_CASE("every instrument, scenery and part can be asked for by its name") {
  for (int i = 0; i < plan::kInstrumentCount; ++i) {
    const plan::Sense* sense = plan::find_sense(name_of(static_cast<plan::Instrument>(i)));
    REQUIRE(sense != nullptr);
    CHECK(sense->pushes[0].which == i);
  }
  for (int i = 0; i < plan::kSceneryCount; ++i) {
    const plan::Sense* sense = plan::find_sense(name_of(static_cast<plan::Scenery>(i)));
    REQUIRE(sense != nullptr);
    CHECK(sense->pushes[0].which == i);
  }
  for (int i = 0; i < plan::kStemCount; ++i) {
    const plan::Sense* sense = plan::find_sense(name_of(static_cast<plan::Stem>(i)));
    REQUIRE(sense != nullptr);
    CHECK(sense->pushes[0].which == i);
  }
}

TEST_CASE("a phrase is known in one word, too") {
  CHECK(plan::find_sense("lo fi") == plan::find_sense("lofi"));
  CHECK(plan::find_sense("hip hop") == plan::find_sense("hiphop"));
  CHECK(plan::find_sense("white noise") == plan::find_sense("whitenoise"));
  CHECK(plan::find_sense("xyzzy") == nullptr);
  CHECK(plan::find_sense("") == nullptr);
}

TEST_CASE("no word of the lexicon is called common") {
  for (const plan::LexiconWord& entry : plan::lexicon_words()) {
    CAPTURE(entry.word);
    REQUIRE_FALSE(plan::is_common_word(entry.word));
  }
}
