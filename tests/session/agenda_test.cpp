// SPDX-License-Identifier: MIT
#include "session/agenda.h"

#include <algorithm>
#include <map>

#include <catch2/catch.hpp>

#include "base/random.h"

using namespace focus::core;

namespace {

session::Agenda::Need need_of(const session::Agenda::Maker& maker, double first, double last,
                              int count, double audio_seconds) {
  session::Agenda::Need need;
  need.first = first;
  need.last = last;
  need.count = count;
  need.audio_seconds = audio_seconds;
  need.maker = maker;
  return need;
}

}  // namespace

TEST_CASE("the most urgent session comes first, among equals the oldest") {
  const session::Agenda::Maker engine{"tone"};
  session::Agenda agenda;
  CHECK_FALSE(agenda.first().has_value());
  agenda.set(3, need_of(engine, 20.0, 20.0, 1, 20.0));
  agenda.set(2, need_of(engine, 20.0, 60.0, 3, 60.0));
  agenda.set(1, need_of(engine, 30.0, 30.0, 1, 20.0));
  CHECK(agenda.first()->session == 2);
  CHECK(agenda.first()->needed == 20.0);
  agenda.set(1, need_of(engine, 0.0, 0.0, 1, 20.0));
  CHECK(agenda.first()->session == 1);
  agenda.set(1, std::nullopt);
  agenda.set(2, std::nullopt);
  CHECK(agenda.first()->session == 3);
  agenda.set(3, std::nullopt);
  agenda.set(3, std::nullopt);
  CHECK(agenda.empty());
  CHECK(agenda.audio_before(3, 1e9).empty());
}

TEST_CASE("thousands of changes leave the order that sorting would give") {
  const session::Agenda::Maker engine{"tone"};
  session::Agenda agenda;
  std::map<std::uint64_t, double> model;
  Random random(5);
  for (int i = 0; i < 20'000; ++i) {
    const std::uint64_t session = random.bits() % 500;
    if (random.bits() % 4 == 0) {
      agenda.set(session, std::nullopt);
      model.erase(session);
    } else {
      const auto first = static_cast<double>(random.bits() % 100);
      agenda.set(session, need_of(engine, first, first + 50.0, 3, 60.0));
      model[session] = first;
    }
  }
  while (const auto first = agenda.first()) {
    const auto expected =
        std::min_element(model.begin(), model.end(),
                         [](const auto& a, const auto& b) { return a.second < b.second; });
    REQUIRE(expected != model.end());
    REQUIRE(first->session == expected->first);
    REQUIRE(first->needed == expected->second);
    agenda.set(first->session, std::nullopt);
    model.erase(expected);
  }
  CHECK(model.empty());
}

TEST_CASE("what is wanted before a segment is known without asking each session") {
  const session::Agenda::Maker tone{"tone"};
  const session::Agenda::Maker other{"other"};
  session::Agenda agenda;
  agenda.set(1, need_of(tone, 0.0, 80.0, 5, 100.0));  // one every 20 s, each of 20 s
  agenda.set(2, need_of(other, 40.0, 40.0, 1, 30.0));
  agenda.set(3, need_of(tone, 50.0, 50.0, 1, 20.0));
  CHECK(agenda.audio_before(1, 0.0)[tone] == Approx(0.0));
  CHECK(agenda.audio_before(1, 40.0)[tone] == Approx(40.0));  // its own two before that one
  CHECK(agenda.audio_before(1, 80.0)[tone] == Approx(100.0));
  CHECK(agenda.audio_before(1, 80.0)[other] == Approx(30.0));
  CHECK(agenda.audio_before(2, 40.0)[tone] == Approx(60.0));
  CHECK(agenda.audio_before(2, 40.0)[other] == Approx(0.0));
  CHECK(agenda.audio_before(3, 50.0)[tone] == Approx(70.0));  // between three and four pieces
  agenda.set(1, std::nullopt);
  CHECK(agenda.audio_before(3, 50.0)[tone] == Approx(0.0));
  CHECK(agenda.audio_before(3, 50.0)[other] == Approx(30.0));
}

TEST_CASE("what was set aside waits with the others, and is begun only once it is set again") {
  const session::Agenda::Maker engine{"tone"};
  session::Agenda agenda;
  for (const std::uint64_t session : {1, 2, 3}) {
    agenda.set(session, need_of(engine, 0.0, 0.0, 1, 10.0));
  }
  agenda.set_aside(1);
  agenda.set_aside(1);
  agenda.set_aside(9);
  CHECK(agenda.first()->session == 2);
  CHECK(agenda.audio_before(3, 0.0)[engine] == Approx(20.0));
  CHECK(agenda.wanted_segments() == 3);
  agenda.set_aside(2);
  agenda.set_aside(3);
  CHECK(agenda.empty());
  agenda.set(1, need_of(engine, 5.0, 5.0, 1, 10.0));
  CHECK(agenda.first()->session == 1);
  agenda.set(1, std::nullopt);
  CHECK(agenda.empty());
  CHECK(agenda.wanted_segments() == 2);
}

TEST_CASE("of those who wait for their first segment the older ones go before") {
  const session::Agenda::Maker engine{"tone"};
  session::Agenda agenda;
  for (std::uint64_t session = 11; session <= 20; ++session) {
    agenda.set(session, need_of(engine, 0.0, 0.0, 1, 10.0));
  }
  CHECK(agenda.audio_before(11, 0.0)[engine] == Approx(0.0));
  CHECK(agenda.audio_before(15, 0.0)[engine] == Approx(40.0));
  CHECK(agenda.audio_before(20, 0.0)[engine] == Approx(90.0));
}
