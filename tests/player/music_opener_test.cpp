// SPDX-License-Identifier: MIT
#include "player/music_opener.h"

#include "player/memory_deck.h"
#include "player/player_fixture.h"

using namespace focus::core;
using namespace focus::test;

namespace {

constexpr int kRate = kToneRate;

/// A minute that is ready, and an opener that nobody plays from.
struct Bench {
  std::shared_ptr<session::Service> service = open_service(2, std::make_shared<ToneEngine>());
  session::SessionUse session = started(*service);
  std::unique_ptr<player::MixPolicy> policy =
      player::MixPolicy::create(*session, session::Listeners::Kind::live, kRate, [] {});
  player::Course course{session->plan(), kRate};
  player::MusicOpener opener{*session, *policy, course, kRate};

  static session::SessionUse started(session::Service& service) {
    auto session = service.start(tone_request(1));
    REQUIRE(all_ready(**session));
    return *std::move(session);
  }
  player::MusicOpener::Music open_at(std::int64_t position) {
    std::optional<player::MusicOpener::Music> music;
    REQUIRE(*opener.open_at(position, false, music) == player::Opening::opened);
    return *std::move(music);
  }
};

}  // namespace

TEST_CASE("music that is opened in an overlap is both sides, as if played up to there") {
  Bench bench;
  const std::int64_t start = bench.course.heard().start_frame(1, kRate);
  player::MusicOpener::Music inside = bench.open_at(start + 4800);
  CHECK(inside.is_joined);
  CHECK(inside.sounding.is_join());
  player::MusicOpener::Music before = bench.open_at(start - 1);
  CHECK_FALSE(before.is_joined);
  CHECK(before.sounding.newest().index == 0);
  std::optional<player::Sounding> joined;
  REQUIRE(*bench.opener.begin_join(before.sounding, 1, start, start, joined) ==
          player::Opening::opened);
  CHECK(sound_of(*joined, start + 4800, 9600) == sound_of(inside.sounding, start + 4800, 9600));
}

TEST_CASE("a join that is prepared and not taken changes nothing") {
  Bench bench;
  const std::int64_t start = bench.course.heard().start_frame(1, kRate);
  player::MusicOpener::Music old = bench.open_at(start - 1);
  std::optional<player::Sounding> joined;
  std::optional<player::Sounding> again;
  REQUIRE(*bench.opener.begin_join(old.sounding, 1, start, start, joined) ==
          player::Opening::opened);
  REQUIRE(*bench.opener.begin_join(old.sounding, 1, start, start, again) ==
          player::Opening::opened);
  CHECK_FALSE(old.sounding.is_join());
  CHECK(sound_of(*joined, start, 48000) == sound_of(*again, start, 48000));
  player::MusicOpener::Music untouched = bench.open_at(start - 1);
  CHECK(sound_of(old.sounding, start - 1, 4800) == sound_of(untouched.sounding, start - 1, 4800));
}

TEST_CASE("a change that may not be taken yet is pending, and the course is not moved by asking") {
  Bench bench;
  plan::Steering steering;
  steering.intensity = plan::Intensity::high;
  steering.divergence = 1.0;
  REQUIRE(bench.session->steer(steering).ok());
  bench.course.steer(bench.session->plan(), player::Course::Taking::when_allowed);
  const int first = bench.course.latest().first_changed();
  REQUIRE(bench.session->wait_ready(first).ok());
  REQUIRE(first > 0);
  const std::int64_t from = bench.course.change_frame();
  player::MusicOpener::Music old = bench.open_at(from - 1);
  std::optional<player::Sounding> joined;
  CHECK(*bench.opener.begin_join(old.sounding, first, from, from, joined) ==
        player::Opening::pending);
  CHECK_FALSE(joined);
  bench.course.allow_change();
  CHECK(*bench.opener.begin_join(old.sounding, first, from, from, joined) ==
        player::Opening::opened);
  CHECK(joined);
  CHECK(bench.course.is_steered());
}

TEST_CASE("nothing is opened while the session was steered and the course does not know") {
  Bench bench;
  plan::Steering steering;
  steering.intensity = plan::Intensity::high;
  REQUIRE(bench.session->steer(steering).ok());
  std::optional<player::MusicOpener::Music> music;
  CHECK(*bench.opener.open_at(0, false, music) == player::Opening::pending);
  CHECK_FALSE(music);
}

TEST_CASE("a cued segment is opened from its cue, and only that one") {
  Bench bench;
  player::SegmentOpener& segments = bench.opener.segments();
  REQUIRE(segments.cue(1).ok());
  CHECK(segments.has_cue());
  player::Deck deck;
  CHECK(*segments.open(0, deck) == player::Opening::opened);
  CHECK(segments.has_cue());
  CHECK(*segments.open(1, deck) == player::Opening::opened);
  CHECK(deck.index == 1);
  CHECK_FALSE(segments.has_cue());
  REQUIRE(segments.cue(2).ok());
  REQUIRE(segments.cue(std::nullopt).ok());
  CHECK_FALSE(segments.has_cue());
}
