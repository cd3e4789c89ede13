// SPDX-License-Identifier: MIT
#include <algorithm>
#include <atomic>
#include <map>
#include <mutex>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include <absl/strings/str_cat.h>
#include <catch2/catch.hpp>

#include "base/error.h"
#include "store/cluster/cluster_house.h"
#include "store/contract/houses.h"

using namespace focus::core;
using namespace focus::test;

namespace {

const std::string kId = session_record().id;

store::WantedSegments wanted(const std::string& id, int count) {
  store::WantedSegments wants;
  wants.session_id = id;
  wants.plan_version = 7;
  wants.engine = "studio";
  wants.engine_version = "1";
  wants.fallback = "studio";
  for (int k = 0; k < count; ++k) wants.segments.push_back({k, 120'000 * k, 0});
  return wants;
}

store::NextClaimRequest node_request(const std::string& node) {
  store::NextClaimRequest request;
  request.node = node;
  request.plan_version = 7;
  request.engines = {{"studio", "1"}};
  return request;
}

/// A cluster of two nodes.
struct TwoNodes {
  TestDatabase database;
  TempFolder objects;
  ClusterNode a{database, objects / "objects"};
  ClusterNode b{database, objects / "objects"};
};

absl::Status complete(store::Store& store, const std::string& id, int index, std::int64_t epoch) {
  return store.segments()
      .put(id, epoch, audio::AudioFormat::flac16, segment_record(index), test_audio(4800), {}, {})
      .status();
}

}  // namespace

TEST_CASE("of many who ask for the next segment each has another, and all are claimed") {
  TwoNodes nodes;
  constexpr int kSessions = 10;
  constexpr int kSegments = 20;
  for (int s = 0; s < kSessions; ++s) {
    const std::string id = absl::StrCat("mfocus_00000000000", s);
    REQUIRE(nodes.a.store().sessions().add(session_record(id)).ok());
    REQUIRE(nodes.a.board().want(wanted(id, kSegments)).ok());
  }
  std::mutex mutex;
  std::map<std::pair<std::string, int>, int> claims;
  std::atomic<int> wrong{0};
  std::vector<std::thread> threads;
  for (int t = 0; t < 8; ++t) {
    threads.emplace_back([&, t] {
      store::SharedBoard& board = (t % 2 == 0 ? nodes.a : nodes.b).board();
      while (wrong == 0) {
        const auto next = board.claim_next(node_request(absl::StrCat("node", t)));
        if (!next.ok()) ++wrong;
        if (!next.ok() || !*next) return;
        const std::lock_guard<std::mutex> lock(mutex);
        ++claims[{(*next)->session_id, (*next)->index}];
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  CHECK(wrong == 0);
  CHECK(claims.size() == kSessions * kSegments);
  for (const auto& [segment, count] : claims) CHECK(count == 1);
}

TEST_CASE("what is needed first is made first, whoever wants it") {
  TwoNodes nodes;
  store::Store& store = nodes.a.store();
  const std::string other = "mfocus_0123456789ac";
  REQUIRE(store.sessions().add(session_record()).ok());
  REQUIRE(store.sessions().add(session_record(other)).ok());
  auto wants = wanted(kId, 0);
  wants.segments = {{3, 5'000, 0}, {4, 60'000, 0}};
  REQUIRE(nodes.a.board().want(wants).ok());
  auto more = wanted(other, 0);
  more.segments = {{0, 30'000, 0}, {1, -2'000, 0}};
  REQUIRE(nodes.b.board().want(more).ok());
  std::vector<std::pair<std::string, int>> order;
  for (int k = 0; k < 4; ++k) {
    const auto next = nodes.b.board().claim_next(node_request("b")).value();
    REQUIRE(next.has_value());
    order.emplace_back(next->session_id, next->index);
  }
  CHECK(order ==
        std::vector<std::pair<std::string, int>>{{other, 1}, {kId, 3}, {other, 0}, {kId, 4}});
  CHECK_FALSE(nodes.a.board().claim_next(node_request("a")).value().has_value());
}

TEST_CASE("organizations and callers take turns, however many sessions each has") {
  TwoNodes nodes;
  const auto add = [&](const std::string& id, const std::string& organization,
                       const std::string& caller, int segments) {
    store::SessionRecord record = session_record(id);
    record.organization = organization;
    record.caller = caller;
    REQUIRE(nodes.a.store().sessions().add(record).ok());
    REQUIRE(nodes.a.board().want(wanted(id, segments)).ok());
  };
  for (int s = 0; s < 10; ++s) add(absl::StrCat("mfocus_00000000000", s), "greedy", "many", 5);
  add("mfocus_00000000000a", "greedy", "one", 3);
  add("mfocus_00000000000b", "modest", "one", 6);
  std::vector<std::string> order;
  for (int k = 0; k < 12; ++k) {
    const auto next = nodes.b.board().claim_next(node_request("b")).value();
    REQUIRE(next.has_value());
    order.push_back(next->session_id);
  }
  // Half of it is the modest organization's, and a quarter that of each caller of the other.
  CHECK(std::count(order.begin(), order.end(), "mfocus_00000000000b") == 6);
  CHECK(std::count(order.begin(), order.end(), "mfocus_00000000000a") == 3);
}

TEST_CASE("a listener who is about to run dry is served out of turn") {
  TwoNodes nodes;
  const std::string heard = "mfocus_0123456789ac";
  store::SessionRecord other = session_record(heard);
  other.organization = "zz";
  REQUIRE(nodes.a.store().sessions().add(session_record()).ok());
  REQUIRE(nodes.a.store().sessions().add(other).ok());
  REQUIRE(nodes.a.board().want(wanted(kId, 3)).ok());
  auto wants = wanted(heard, 0);
  wants.is_heard = true;
  wants.segments = {{1, 5'000, 0}, {2, 8'000, 0}, {3, 300'000, 0}};
  REQUIRE(nodes.a.board().want(wants).ok());
  std::vector<std::pair<std::string, int>> order;
  for (int k = 0; k < 3; ++k) {
    const auto next = nodes.b.board().claim_next(node_request("b")).value();
    REQUIRE(next.has_value());
    order.emplace_back(next->session_id, next->index);
  }
  CHECK(order == std::vector<std::pair<std::string, int>>{{heard, 1}, {heard, 2}, {kId, 0}});
}

TEST_CASE("what a session wants is replaced, and nothing is wanted of one that was ended") {
  TwoNodes nodes;
  store::Store& store = nodes.a.store();
  REQUIRE(store.sessions().add(session_record()).ok());
  CHECK(is_not_found(nodes.a.board().want(wanted("mfocus_00000000000f", 1))));
  REQUIRE(nodes.a.board().want(wanted(kId, 3)).ok());
  auto fewer = wanted(kId, 0);
  fewer.segments = {{2, 0, 0}};
  REQUIRE(nodes.a.board().want(fewer).ok());
  CHECK(nodes.b.board().claim_next(node_request("b")).value()->index == 2);
  CHECK_FALSE(nodes.b.board().claim_next(node_request("b")).value().has_value());
  REQUIRE(nodes.a.board().want(wanted(kId, 3)).ok());
  REQUIRE(store.sessions().set_ended(kId).ok());
  CHECK_FALSE(nodes.b.board().claim_next(node_request("b")).value().has_value());
  REQUIRE(nodes.a.board().want(wanted(kId, 3)).ok());  // a node that does not know of the end
  CHECK_FALSE(nodes.b.board().claim_next(node_request("b")).value().has_value());
}

TEST_CASE("a change takes away what was wanted and claimed behind it") {
  TwoNodes nodes;
  store::Store& store = nodes.a.store();
  REQUIRE(store.sessions().add(session_record()).ok());
  REQUIRE(nodes.a.board().want(wanted(kId, 2)).ok());
  const auto first = nodes.b.board().claim_next(node_request("b")).value();
  const auto second = nodes.b.board().claim_next(node_request("b")).value();
  REQUIRE(second->index == 1);
  plan::Steering steering;
  steering.divergence = 0.5;
  REQUIRE(store.sessions().add_change(kId, 0, {steering, 100}, 1).ok());
  CHECK(is_conflict(nodes.a.board().want(wanted(kId, 2)), "changes"));
  CHECK(is_conflict(complete(nodes.b.store(), kId, 1, second->epoch), "claim"));
  CHECK(complete(nodes.b.store(), kId, 0, first->epoch).ok());
  CHECK_FALSE(nodes.b.board().claim_next(node_request("b")).value().has_value());
  auto again = wanted(kId, 2);
  again.changes = 1;
  REQUIRE(nodes.a.board().want(again).ok());
  const auto anew = nodes.b.board().claim_next(node_request("b")).value();
  REQUIRE(anew.has_value());
  CHECK(anew->index == 1);
  CHECK(anew->changes == 1);
}

TEST_CASE("an engine that continues the segment before waits for it") {
  TwoNodes nodes;
  REQUIRE(nodes.a.store().sessions().add(session_record()).ok());
  auto wants = wanted(kId, 3);
  wants.in_order = true;
  REQUIRE(nodes.a.board().want(wants).ok());
  const auto first = nodes.a.board().claim_next(node_request("a")).value();
  REQUIRE(first->index == 0);
  CHECK_FALSE(nodes.b.board().claim_next(node_request("b")).value().has_value());
  REQUIRE(complete(nodes.a.store(), kId, 0, first->epoch).ok());
  CHECK(nodes.b.board().claim_next(node_request("b")).value()->index == 1);
}

TEST_CASE("a segment that has failed often is made by the fallback, on any node that has it") {
  TwoNodes nodes;
  REQUIRE(nodes.a.store().sessions().add(session_record()).ok());
  auto wants = wanted(kId, 1);
  wants.engine = "rare";
  REQUIRE(nodes.a.board().want(wants).ok());
  CHECK_FALSE(nodes.b.board().claim_next(node_request("b")).value().has_value());
  auto has_rare = node_request("a");
  has_rare.engines.push_back({"rare", "1"});
  for (int failures = 1; failures <= store::SharedBoard::kMostFailures; ++failures) {
    const auto next = nodes.a.board().claim_next(has_rare).value();
    REQUIRE(next.has_value());
    CHECK(next->engine == "rare");
    CHECK_FALSE(next->is_fallback);
    if (failures == 2) {
      pass_time(nodes.a.store(), has_rare.lease_ms);  // its node has died of it
    } else {
      CHECK(nodes.a.board().fail(kId, 0, next->epoch).value() == failures);
    }
  }
  const auto rescued = nodes.b.board().claim_next(node_request("b")).value();
  REQUIRE(rescued.has_value());
  CHECK(rescued->engine == "studio");
  CHECK(rescued->is_fallback);
  CHECK(complete(nodes.b.store(), kId, 0, rescued->epoch).ok());
}

TEST_CASE("what a dead node was making is claimed again, and what it brings late is refused") {
  TwoNodes nodes;
  REQUIRE(nodes.a.store().sessions().add(session_record()).ok());
  REQUIRE(nodes.a.board().want(wanted(kId, 1)).ok());
  const auto late = nodes.a.board().claim_next(node_request("a")).value();
  pass_time(nodes.a.store(), 20'000);
  REQUIRE(nodes.a.board().extend(kId, 0, late->epoch, 0).ok());
  pass_time(nodes.a.store(), 20'000);
  CHECK_FALSE(nodes.b.board().claim_next(node_request("b")).value().has_value());
  pass_time(nodes.a.store(), 10'000);
  const auto next = nodes.b.board().claim_next(node_request("b")).value();
  REQUIRE(next.has_value());
  CHECK(next->failures == 1);
  CHECK(is_conflict(nodes.a.board().extend(kId, 0, late->epoch, 0), "claim"));
  CHECK(is_conflict(complete(nodes.a.store(), kId, 0, late->epoch), "claim"));
  CHECK(complete(nodes.b.store(), kId, 0, next->epoch).ok());
  CHECK(is_conflict(complete(nodes.a.store(), kId, 0, late->epoch), "claim"));
  CHECK(nodes.a.store().segments().list(kId)->size() == 1);
}

TEST_CASE("nodes whose clocks are an hour apart take nothing from each other") {
  TwoNodes nodes;
  REQUIRE(nodes.a.store().sessions().add(session_record()).ok());
  constexpr std::int64_t kHour = 3'600'000;
  const auto claim_at = [](const std::string& node, std::int64_t now) {
    store::ClaimRequest request = claim_request(0);
    request.node = node;
    request.now = now;
    request.lease_until = now + 30'000;
    return request;
  };
  const auto held = nodes.a.board().claim(claim_at("a", kHour));
  REQUIRE(held.ok());
  CHECK(is_conflict(nodes.b.board().claim(claim_at("b", 2 * kHour)).status(), "claim"));
  CHECK(is_conflict(nodes.b.board().claim(claim_at("b", 0)).status(), "claim"));
  CHECK(complete(nodes.a.store(), kId, 0, held->epoch).ok());
}

TEST_CASE("two builds serve one cluster, and neither makes or wipes the other's segments") {
  TwoNodes nodes;
  store::SessionRecord record = session_record();
  record.plan_version = 7;
  REQUIRE(nodes.a.store().sessions().add(record).ok());
  REQUIRE(nodes.a.board().note_node("a", 7).ok());
  REQUIRE(nodes.b.board().note_node("b", 8).ok());
  REQUIRE(nodes.a.board().want(wanted(kId, 2)).ok());
  auto newer = node_request("b");
  newer.plan_version = 8;
  CHECK_FALSE(nodes.b.board().claim_next(newer).value().has_value());
  const auto made = nodes.a.board().claim_next(node_request("a")).value();
  REQUIRE(complete(nodes.a.store(), kId, 0, made->epoch).ok());
  CHECK(is_conflict(nodes.b.board().adopt_plan(kId, 8), "plan_version"));
  CHECK(nodes.b.store().segments().list(kId)->size() == 1);
  // When no node of the older build is alive, the newer build may plan the session again.
  nodes.a.store()
      .pool()
      .change("UPDATE node SET seen = seen - 120000 WHERE name = 'a'", {})
      .value();
  REQUIRE(nodes.b.board().adopt_plan(kId, 8).ok());
  CHECK(nodes.b.store().segments().list(kId)->empty());
  CHECK(nodes.b.store().sessions().find(kId)->plan_version == 8);
  REQUIRE(nodes.b.board().adopt_plan(kId, 8).ok());
}

TEST_CASE("an engine of another version makes only what is needed soon") {
  TwoNodes nodes;
  REQUIRE(nodes.a.store().sessions().add(session_record()).ok());
  auto wants = wanted(kId, 0);
  wants.segments = {{5, 600'000, 0}};
  REQUIRE(nodes.a.board().want(wants).ok());
  auto newer = node_request("b");
  newer.engines = {{"studio", "2"}};
  CHECK_FALSE(nodes.b.board().claim_next(newer).value().has_value());
  wants.segments = {{5, store::SharedBoard::kAnyVersionMs - 1'000, 0}};
  REQUIRE(nodes.a.board().want(wants).ok());
  CHECK(nodes.b.board().claim_next(newer).value()->index == 5);
}

TEST_CASE("all nodes know how far a session was heard") {
  TwoNodes nodes;
  REQUIRE(nodes.a.store().sessions().add(session_record()).ok());
  CHECK(nodes.b.board().heard(kId)->segment == -1);
  REQUIRE(nodes.a.board().note_heard(kId, 3).ok());
  REQUIRE(nodes.b.board().note_heard(kId, 2).ok());
  CHECK(nodes.b.board().heard(kId)->segment == 3);
  CHECK(nodes.b.board().heard(kId)->ago_ms >= 0);
  CHECK(nodes.b.board().note_heard("mfocus_00000000000f", 2).ok());
  CHECK(is_not_found(nodes.b.board().heard("mfocus_00000000000f").status()));
}
