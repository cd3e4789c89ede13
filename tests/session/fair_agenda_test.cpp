// SPDX-License-Identifier: MIT
// Whose session is served next, where there are several organizations and callers.
#include <map>
#include <string>

#include <catch2/catch.hpp>

#include "session/agenda.h"

using focus::core::session::Agenda;

namespace {

const Agenda::Maker kEngine{"tone", 40.0};  // three seconds of work for two minutes

/// Many segments of two minutes each.
Agenda::Need many(const std::string& organization, const std::string& caller, int count = 60) {
  Agenda::Need need;
  need.last = 120.0 * (count - 1);
  need.count = count;
  need.audio_seconds = 120.0 * count;
  need.maker = kEngine;
  need.owner = {organization, caller};
  return need;
}

/// Serves `count` segments as the scheduler does. Returns how many each session got.
std::map<std::uint64_t, int> serve(Agenda& agenda, std::map<std::uint64_t, Agenda::Need>& needs,
                                   int count) {
  std::map<std::uint64_t, int> served;
  for (int i = 0; i < count; ++i) {
    const auto first = agenda.first();
    if (!first) break;
    ++served[first->session];
    agenda.charge(first->session);
    Agenda::Need& need = needs.at(first->session);
    need.audio_seconds -= 120.0;
    need.first += 120.0;
    if (--need.count == 0) {
      agenda.set(first->session, std::nullopt);
    } else {
      agenda.set(first->session, need);
    }
  }
  return served;
}

}  // namespace

TEST_CASE("six hundred sessions of one organization take half of the work, not all of it") {
  Agenda agenda;
  std::map<std::uint64_t, Agenda::Need> needs;
  for (std::uint64_t session = 1; session <= 600; ++session) {
    needs[session] = many("org_greedy", "mallory");
  }
  needs[601] = many("org_small", "sam", 100);
  for (const auto& [session, need] : needs) agenda.set(session, need);
  const auto served = serve(agenda, needs, 100);
  CHECK(served.at(601) >= 49);
  CHECK(served.at(601) <= 51);
}

TEST_CASE("a newcomer's first segment is among the next few, whatever waits before it") {
  Agenda agenda;
  std::map<std::uint64_t, Agenda::Need> needs;
  for (std::uint64_t session = 1; session <= 600; ++session) {
    needs[session] = many("org_greedy", "mallory");
    agenda.set(session, needs[session]);
  }
  serve(agenda, needs, 37);
  needs[601] = many("org_small", "sam", 3);
  agenda.set(601, needs[601]);
  CHECK(serve(agenda, needs, 2)[601] == 1);
}

TEST_CASE("the callers of an organization share what is the organization's") {
  Agenda agenda;
  std::map<std::uint64_t, Agenda::Need> needs;
  for (std::uint64_t session = 1; session <= 50; ++session) needs[session] = many("a", "one");
  needs[51] = many("a", "two", 1000);
  needs[52] = many("b", "one", 1000);
  for (const auto& [session, need] : needs) agenda.set(session, need);
  const auto served = serve(agenda, needs, 400);
  CHECK(served.at(52) == Approx(200).margin(2));
  CHECK(served.at(51) == Approx(100).margin(2));
}

TEST_CASE("the same caller's name in two organizations is two callers") {
  Agenda agenda;
  std::map<std::uint64_t, Agenda::Need> needs;
  for (std::uint64_t session = 1; session <= 9; ++session) needs[session] = many("a", "same");
  needs[10] = many("b", "same", 1000);
  for (const auto& [session, need] : needs) agenda.set(session, need);
  CHECK(serve(agenda, needs, 100).at(10) == Approx(50).margin(1));
}

TEST_CASE("a live listener who is about to run dry goes before everybody") {
  Agenda agenda;
  std::map<std::uint64_t, Agenda::Need> needs;
  for (std::uint64_t session = 1; session <= 20; ++session) needs[session] = many("a", "one");
  needs[21] = many("a", "one", 3);
  needs[21].first = 25.0;
  needs[21].runs_dry = true;
  needs[22] = many("b", "two", 3);
  needs[22].first = 12.0;
  needs[22].runs_dry = true;
  for (const auto& [session, need] : needs) agenda.set(session, need);
  CHECK(agenda.first()->session == 22);
  CHECK(agenda.audio_before(22, 12.0)[kEngine] == Approx(0.0));
  agenda.charge(22);
  agenda.set(22, std::nullopt);
  CHECK(agenda.first()->session == 21);
  agenda.set_aside(21);
  CHECK(agenda.first()->session < 21);
}

TEST_CASE("of one caller's sessions the one that is heard goes first") {
  Agenda agenda;
  for (std::uint64_t session = 1; session <= 20; ++session) agenda.set(session, many("a", "one"));
  Agenda::Need heard = many("a", "one", 5);
  heard.first = 120.0;
  heard.is_heard = true;
  agenda.set(21, heard);
  CHECK(agenda.first()->session == 21);
  // It takes nothing from others, however many such sessions there are.
  agenda.set(22, many("b", "two", 1));
  std::map<std::uint64_t, Agenda::Need> needs;
  needs[21] = heard;
  needs[22] = many("b", "two", 1);
  CHECK(serve(agenda, needs, 2).at(22) == 1);
}

TEST_CASE("a forecast counts of what others want as much as their turns give them") {
  Agenda agenda;
  for (std::uint64_t session = 1; session <= 600; ++session) {
    agenda.set(session, many("org_greedy", "mallory"));
  }
  agenda.set(601, many("org_small", "sam", 3));
  CHECK(agenda.audio_before(601, 0.0)[kEngine] == Approx(120.0));
  CHECK(agenda.audio_before(601, 120.0)[kEngine] == Approx(360.0));
  CHECK(agenda.audio_before(600, 0.0)[kEngine] == Approx(599 * 120.0 + 360.0));
}

TEST_CASE("an owner whose sessions were set aside keeps nobody waiting") {
  Agenda agenda;
  agenda.set(1, many("a", "one"));
  agenda.set(2, many("b", "two"));
  agenda.set_aside(1);
  for (int i = 0; i < 10; ++i) {
    CHECK(agenda.first()->session == 2);
    agenda.charge(2);
    agenda.set(2, many("b", "two"));
  }
  CHECK(agenda.wanted_segments() == 120);
  agenda.set(1, many("a", "one"));
  CHECK(agenda.first()->session == 1);
  agenda.set(1, std::nullopt);
  agenda.set(2, std::nullopt);
  CHECK(agenda.empty());
  CHECK(agenda.wanted_segments() == 0);
}
