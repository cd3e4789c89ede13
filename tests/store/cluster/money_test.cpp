// SPDX-License-Identifier: MIT
#include <atomic>
#include <optional>
#include <string>
#include <thread>
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
constexpr std::int64_t kDay = 20'000;

store::ReserveRequest reserve_request(const std::string& node, int segment, std::int64_t micros) {
  store::ReserveRequest request;
  request.session_id = kId;
  request.segment = segment;
  request.organization = "org_1";
  request.day = kDay;
  request.micros = micros;
  request.node = node;
  request.lease_until = 3'600'000;
  return request;
}

}  // namespace

TEST_CASE("16 clients of two nodes never pass a cap, and use it up to its last millionth") {
  TestDatabase database;
  TempFolder objects;
  ClusterNode a(database, objects / "objects", 16);
  ClusterNode b(database, objects / "objects", 16);
  constexpr std::int64_t kCap = 50'003;
  std::atomic<int> held{0};
  std::atomic<int> wrong{0};
  std::atomic<bool> stops{false};
  std::thread watcher([&] {
    while (!stops) {
      const auto spent = b.store().ledger().spent_on("org_1", kDay);
      if (spent.ok() && spent->held + spent->settled > kCap) ++wrong;
    }
  });
  std::vector<std::thread> clients;
  for (int t = 0; t < 16; ++t) {
    clients.emplace_back([&, t] {
      store::SpendLedger& ledger = (t % 2 == 0 ? a : b).store().ledger();
      for (int k = 0; k < 20; ++k) {
        store::ReserveRequest request = reserve_request(absl::StrCat("n", t), k, 1000);
        request.session_id = absl::StrCat("session", t);
        request.caps.day_micros = kCap;
        const auto reserved = ledger.reserve(request);
        if (!reserved.ok()) ++wrong;
        if (!reserved.ok() || reserved->answer != store::SpendAnswer::held) continue;
        // Every third comes back, so that others try again; the rest is spent.
        if (k % 3 == 1) {
          if (!ledger.release(reserved->hold).ok()) ++wrong;
        } else {
          ++held;
          if (!ledger.settle(reserved->hold).ok()) ++wrong;
        }
      }
    });
  }
  for (std::thread& client : clients) client.join();
  stops = true;
  watcher.join();
  CHECK(wrong == 0);
  const store::Spend spent = a.store().ledger().spent_on("org_1", kDay).value();
  CHECK(spent.held == 0);
  CHECK(spent.settled == 1000 * held);
  CHECK(spent.settled <= kCap);
  // What the accounts say is what all sessions have spent.
  std::int64_t sum = 0;
  for (int t = 0; t < 16; ++t) {
    sum += a.store().ledger().spent_by(absl::StrCat("session", t))->settled;
  }
  CHECK(sum == spent.settled);
  // All but three millionths can be used up.
  store::ReserveRequest last = reserve_request("n", 0, 1000);
  last.caps.day_micros = kCap;
  while (a.store().ledger().spent_on("org_1", kDay)->settled + 1000 <= kCap) {
    const auto reserved = a.store().ledger().reserve(last);
    REQUIRE(reserved->answer == store::SpendAnswer::held);
    REQUIRE(a.store().ledger().settle(reserved->hold).ok());
  }
  CHECK(a.store().ledger().spent_on("org_1", kDay)->settled == 50'000);
  CHECK(a.store().ledger().reserve(last)->answer == store::SpendAnswer::over);
  last.micros = 3;
  CHECK(a.store().ledger().reserve(last)->answer == store::SpendAnswer::held);
  last.micros = 1;
  CHECK(a.store().ledger().reserve(last)->answer == store::SpendAnswer::later);
}

TEST_CASE("a segment is claimed together with its money, or not at all") {
  TestDatabase database;
  TempFolder objects;
  ClusterNode node(database, objects / "objects");
  store::ClusterStore& store = node.store();
  REQUIRE(store.sessions().add(session_record()).ok());
  store::ReserveRequest money = reserve_request("here", 0, 60);
  money.caps.session_micros = 50;
  const auto refused = node.board().claim_paid(claim_request(0), money);
  REQUIRE(refused.ok());
  CHECK(refused->answer == store::SpendAnswer::over);
  CHECK(store.ledger().spent_on("org_1", kDay)->held == 0);
  REQUIRE(node.board().claim(claim_request(0)).ok());  // nobody has it
  money.segment = 1;
  money.micros = 50;
  const auto paid = node.board().claim_paid(claim_request(1), money);
  REQUIRE(paid->answer == store::SpendAnswer::held);
  CHECK(store.ledger().spent_by(kId)->held == 50);
  money.segment = 0;
  money.micros = 0;
  CHECK(is_conflict(node.board().claim_paid(claim_request(0), money).status(), "claim"));

  SECTION("it is spent when the segment becomes ready, once") {
    const auto kept = store.segments().put(kId, paid->epoch, audio::AudioFormat::flac16,
                                           segment_record(1), test_audio(4800), {}, {});
    REQUIRE(kept.ok());
    CHECK(store.ledger().spent_by(kId)->held == 0);
    CHECK(store.ledger().spent_by(kId)->settled == 50);
    CHECK(is_conflict(store.ledger().settle(paid->hold), "hold"));
    CHECK(store.ledger().release(paid->hold).ok());
    CHECK(store.ledger().spent_by(kId)->settled == 50);
  }
  SECTION("it comes back where the claim is given up") {
    REQUIRE(node.board().give_up(kId, 1, paid->epoch).ok());
    CHECK(store.ledger().spent_by(kId)->held == 0);
    CHECK(store.ledger().spent_by(kId)->settled == 0);
  }
  SECTION("and where another node claims what a dead one had, it is paid for once") {
    pass_time(store, std::int64_t{1} << 61);
    store::ClaimRequest other = claim_request(1);
    other.node = "there";
    store::ReserveRequest again = reserve_request("there", 1, 50);
    again.caps.session_micros = 50;
    const auto taken = node.board().claim_paid(other, again);
    REQUIRE(taken->answer == store::SpendAnswer::held);
    CHECK(store.ledger().spent_by(kId)->held == 50);
    REQUIRE(store.segments()
                .put(kId, taken->epoch, audio::AudioFormat::flac16, segment_record(1),
                     test_audio(4800), {}, {})
                .ok());
    CHECK(store.ledger().spent_by(kId)->settled == 50);
    CHECK(store.ledger().spent_by(kId)->held == 0);
    CHECK(is_conflict(store.ledger().settle(paid->hold), "hold"));
  }
}

TEST_CASE("the next segment is paid for as it is claimed, and what passes a cap is left") {
  TestDatabase database;
  TempFolder objects;
  ClusterNode node(database, objects / "objects");
  store::ClusterStore& store = node.store();
  const std::string poor = "mfocus_0123456789ac";
  store::SessionRecord other = session_record(poor);
  other.organization = "poor";
  REQUIRE(store.sessions().add(session_record()).ok());
  REQUIRE(store.sessions().add(other).ok());
  store::WantedSegments wants;
  wants.session_id = poor;
  wants.engine = "dear";
  wants.fallback = "studio";
  wants.segments = {{0, 0, 100}};
  REQUIRE(node.board().want(wants).ok());
  wants.session_id = kId;
  wants.segments = {{0, 60'000, 100}};
  REQUIRE(node.board().want(wants).ok());
  store::NextClaimRequest request;
  request.node = "a";
  request.engines = {{"dear", ""}};
  request.day = kDay;
  CHECK_FALSE(node.board().claim_next(request).value().has_value());  // it can not pay
  request.caps = [](const std::string& organization) {
    return store::SpendCaps{{}, organization == "poor" ? 99 : 100};
  };
  const auto next = node.board().claim_next(request).value();
  REQUIRE(next.has_value());
  CHECK(next->session_id == kId);
  CHECK(next->hold > 0);
  CHECK(store.ledger().spent_on("org_1", kDay)->held == 100);
  CHECK(store.ledger().spent_on("poor", kDay)->held == 0);
  CHECK_FALSE(node.board().claim_next(request).value().has_value());
}

TEST_CASE("the money of a node that has died is there again for the node that goes on") {
  TestDatabase database;
  TempFolder objects;
  ClusterNode node(database, objects / "objects");
  store::ClusterStore& store = node.store();
  REQUIRE(store.sessions().add(session_record()).ok());
  store::WantedSegments wants;
  wants.session_id = kId;
  wants.engine = "dear";
  wants.fallback = "studio";
  wants.segments = {{0, 0, 100}};
  REQUIRE(node.board().want(wants).ok());
  store::NextClaimRequest request;
  request.node = "dies";
  request.engines = {{"dear", ""}};
  request.day = kDay;
  request.caps = [](const std::string&) { return store::SpendCaps{{}, 100}; };
  const auto lost = node.board().claim_next(request).value();
  REQUIRE(lost.has_value());
  pass_time(store, request.lease_ms);
  request.node = "goes on";
  const auto next = node.board().claim_next(request).value();
  REQUIRE(next.has_value());
  CHECK(store.ledger().spent_on("org_1", kDay)->held == 100);
  const auto put = [&](std::int64_t epoch) {
    return store.segments()
        .put(kId, epoch, audio::AudioFormat::flac16, segment_record(0), test_audio(4800), {}, {})
        .status();
  };
  CHECK(is_conflict(put(lost->epoch), "claim"));
  CHECK(put(next->epoch).ok());
  CHECK(store.ledger().spent_on("org_1", kDay)->settled == 100);
  CHECK(store.ledger().spent_on("org_1", kDay)->held == 0);
}

TEST_CASE("segments that cost something are paid in their order, whichever is needed first") {
  TestDatabase database;
  TempFolder objects;
  ClusterNode node(database, objects / "objects");
  store::ClusterStore& store = node.store();
  REQUIRE(store.sessions().add(session_record()).ok());
  store::WantedSegments wants;
  wants.session_id = kId;
  wants.engine = "dear";
  wants.fallback = "studio";
  wants.segments = {{2, 0, 100}, {1, 60'000, 100}};
  REQUIRE(node.board().want(wants).ok());
  store::NextClaimRequest request;
  request.node = "a";
  request.engines = {{"dear", ""}};
  request.day = kDay;
  request.caps = [](const std::string&) { return store::SpendCaps{{}, 100}; };
  CHECK_FALSE(node.board().has_claims(kId).value());
  CHECK(node.board().claim_next(request).value()->index == 1);
  CHECK(node.board().has_claims(kId).value());
  CHECK_FALSE(node.board().claim_next(request).value().has_value());  // there is money for one
  pass_time(store, request.lease_ms);
  CHECK_FALSE(node.board().has_claims(kId).value());
}
