// SPDX-License-Identifier: MIT
#include "player/mix_state.h"

#include "player/memory_deck.h"

using namespace focus::core;
using namespace focus::test;

namespace {

player::Sounding body_of(int index) { return player::Sounding(deck_of(index, index * 1000, 1500)); }

player::Sounding join_to(int index) {
  player::Join join;
  join.next = deck_of(index, index * 1000, 1500);
  join.start = index * 1000;
  join.old_tail = audio::AudioBuffer(2, 300, kDeckRate);
  join.new_head = audio::AudioBuffer(2, 300, kDeckRate);
  join.transition.frames = 300;
  return player::Sounding(std::move(join));
}

/// A state that plays the body of segment `index`.
player::MixState playing(int index) {
  player::MixState state;
  state.open(body_of(index));
  return state;
}

bool plays(const player::MixState& state, int index) {
  return state.sounding() != nullptr && state.sounding()->newest().index == index;
}

}  // namespace

TEST_CASE("a mix is idle at first: nothing is open, and there is nothing to continue") {
  player::MixState state;
  CHECK(state.sounding() == nullptr);
  CHECK_FALSE(state.is_torn());
  CHECK_FALSE(state.ending_from());
  state.break_off();
  CHECK_FALSE(state.is_torn());
  state.end_from(100);
  state.cancel_ending();
  state.settle(100);
  CHECK(state.sounding() == nullptr);
  CHECK_FALSE(state.ending_from());
}

TEST_CASE("what is opened plays, and a join becomes the body of its newer segment at its end") {
  player::MixState state = playing(0);
  CHECK(plays(state, 0));
  CHECK_FALSE(state.is_torn());
  state.join(join_to(1));
  CHECK(plays(state, 1));
  CHECK(state.sounding()->is_join());
  state.settle(1299);
  CHECK(state.sounding()->is_join());
  state.settle(1300);
  CHECK(plays(state, 1));
  CHECK_FALSE(state.sounding()->is_join());
}

TEST_CASE("a body is faded out to its end, a join is played first") {
  player::MixState state = playing(0);
  state.join(join_to(1));
  state.end_from(1100);
  CHECK_FALSE(state.ending_from());
  state.settle(1300);
  state.end_from(1300);
  CHECK(state.ending_from() == 1300);
  CHECK(plays(state, 1));
  state.end_from(1400);  // it has begun already
  CHECK(state.ending_from() == 1300);
}

TEST_CASE("what follows after all ends a fade-out: joined, or announced by a change") {
  player::MixState state = playing(0);
  state.end_from(500);
  SECTION("joined") {
    state.join(join_to(1));
    CHECK(plays(state, 1));
  }
  SECTION("announced") {
    state.cancel_ending();
    CHECK(plays(state, 0));
  }
  CHECK_FALSE(state.ending_from());
}

TEST_CASE("music that breaks off is torn until it is opened again") {
  player::MixState state = playing(0);
  state.break_off();
  CHECK(state.is_torn());
  CHECK(state.sounding() == nullptr);
  state.break_off();
  CHECK(state.is_torn());
  state.end_from(500);
  CHECK_FALSE(state.ending_from());
  state.open(body_of(0));
  CHECK(plays(state, 0));
  CHECK_FALSE(state.is_torn());
}

TEST_CASE("a fade-out that breaks off goes on where it was") {
  player::MixState state = playing(0);
  state.end_from(500);
  state.break_off();
  CHECK(state.is_torn());
  CHECK(state.ending_from() == 500);
  SECTION("opened again, over a seam") {
    state.open(join_to(0));
    CHECK(state.sounding()->is_join());
    CHECK(state.ending_from() == 500);
  }
  SECTION("not where a join follows") {
    state.join(join_to(1));
    CHECK_FALSE(state.ending_from());
  }
  SECTION("nor where a change is coming") {
    state.cancel_ending();
    CHECK(state.is_torn());
    state.open(body_of(0));
    CHECK_FALSE(state.ending_from());
  }
}

TEST_CASE("a seek forgets all, from whatever state") {
  player::MixState state = playing(0);
  SECTION("playing") {}
  SECTION("ending") { state.end_from(500); }
  SECTION("torn") { state.break_off(); }
  SECTION("torn in a fade-out") {
    state.end_from(500);
    state.break_off();
  }
  state.reset();
  CHECK(state.sounding() == nullptr);
  CHECK_FALSE(state.is_torn());
  CHECK_FALSE(state.ending_from());
}
