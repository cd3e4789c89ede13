// SPDX-License-Identifier: MIT
#include "player/sounding.h"

#include "base/error.h"
#include "player/memory_deck.h"

using namespace focus::core;
using namespace focus::test;

namespace {

/// Segment 1 begins at frame 1000, over 300 frames of segment 0.
player::Join overlap() {
  player::Join join;
  join.next = deck_of(1, 1000, 900);
  join.start = 1000;
  join.old_tail = audio::AudioBuffer(2, 300, kDeckRate);
  join.new_head = audio::AudioBuffer(2, 300, kDeckRate);
  REQUIRE(deck_of(0, 0, 1300).read(1000, join.old_tail.view()).ok());
  REQUIRE(join.next.read(1000, join.new_head.view()).ok());
  join.transition.curve = mastering::CrossfadeCurve::equal_gain;
  join.transition.frames = 300;
  return join;
}

}  // namespace

TEST_CASE("a body is its segment, from any frame to its end") {
  player::Sounding body(deck_of(3, 500, 400));
  CHECK_FALSE(body.is_join());
  CHECK(body.end() == 900);
  const std::vector<float> sound = sound_of(body, 650, 1000);
  REQUIRE(sound.size() == 250);
  for (std::size_t i = 0; i < sound.size(); ++i) {
    REQUIRE(sound[i] == deck_sample(3, 150 + static_cast<std::int64_t>(i)));
  }
  audio::AudioBuffer out(2, 10, kDeckRate);
  CHECK(*body.read(900, out.view()) == 0);
  CHECK(*body.read(1000, out.view()) == 0);
}

TEST_CASE("a segment in the other polarity is given upside down") {
  player::Deck deck = deck_of(0, 0, 100);
  deck.polarity = -1.0f;
  player::Sounding body(std::move(deck));
  CHECK(sound_of(body, 7, 1)[0] == -deck_sample(0, 7));
}

TEST_CASE("a join gives the overlap, and then the body of the newer segment") {
  const std::int64_t block = GENERATE(1, 7, 100, 2000);
  player::Sounding joined(overlap());
  CHECK(joined.is_join());
  CHECK(joined.newest().index == 1);
  CHECK(joined.end() == 1900);
  const std::vector<float> sound = sound_of(joined, 1000, 2000, block);
  CHECK_FALSE(joined.is_join());
  REQUIRE(sound.size() == 900);
  CHECK(sound[0] == Approx(deck_sample(0, 1000)).margin(1e-4));
  for (std::int64_t i = 300; i < 900; ++i) {
    REQUIRE(sound[static_cast<std::size_t>(i)] == deck_sample(1, i));
  }
  player::Sounding again(overlap());
  CHECK(sound_of(again, 1000, 2000, 64) == sound);
}

TEST_CASE("reading ahead moves nothing") {
  const player::Sounding joined(overlap());
  audio::AudioBuffer first(2, 50, kDeckRate);
  audio::AudioBuffer again(2, 50, kDeckRate);
  REQUIRE(*joined.read(1100, first.view()) == 50);
  audio::AudioBuffer ahead(2, 400, kDeckRate);
  CHECK(*joined.read(1250, ahead.view()) == 50);  // to the end of the join
  CHECK(*joined.read(1300, ahead.view()) == 400);
  CHECK(joined.is_join());
  REQUIRE(*joined.read(1100, again.view()) == 50);
  CHECK(std::equal(first.samples(0).begin(), first.samples(0).end(), again.samples(0).begin()));
}

TEST_CASE("a file that breaks off is an error only where it does") {
  const player::Sounding body(broken_deck(0, 0, 1000, 600));
  audio::AudioBuffer out(2, 200, kDeckRate);
  CHECK(*body.read(400, out.view()) == 200);
  CHECK(has_fault(body.read(500, out.view()).status(), Fault::bad_data));
}
