// SPDX-License-Identifier: MIT
#include <atomic>
#include <string>
#include <thread>
#include <vector>

#include <catch2/catch.hpp>

#include "base/error.h"
#include "store/contract/houses.h"

using namespace focus::core;
using namespace focus::test;

namespace {

const std::string kId = session_record().id;

constexpr std::int64_t kLease = 100'000;

/// A claim of segment 0 with a lease of kLease.
store::ClaimRequest claim_by(const std::string& node, std::int64_t now) {
  store::ClaimRequest request = claim_request(0);
  request.node = node;
  request.now = now;
  request.lease_until = now + kLease;
  return request;
}

absl::Status complete(store::Store& store, std::int64_t epoch, int index = 0) {
  return store.segments()
      .put(kId, epoch, audio::AudioFormat::flac16, segment_record(index), test_audio(4800), {}, {})
      .status();
}

}  // namespace

TEMPLATE_TEST_CASE("a segment has one live claim", "", FOCUS_EVERY_HOUSE) {
  TestType house;
  store::Store& store = house.store();
  store::WorkBoard& board = store.board();
  CHECK(is_not_found(board.claim(claim_request(0)).status()));
  REQUIRE(store.sessions().add(session_record()).ok());
  const auto first = board.claim(claim_by("a", house.now()));
  REQUIRE(first.ok());
  CHECK(first->epoch > 0);
  house.pass(kLease / 2);
  CHECK(is_conflict(board.claim(claim_by("b", house.now())).status(), "claim"));
  CHECK(is_conflict(board.claim(claim_by("a", house.now())).status(), "claim"));
  CHECK(board.claim(claim_request(1)).ok());
  REQUIRE(board.give_up(kId, 0, first->epoch).ok());
  CHECK(is_conflict(complete(store, first->epoch), "claim"));
  const auto second = board.claim(claim_by("b", house.now()));
  REQUIRE(second.ok());
  CHECK(second->epoch > first->epoch);
  REQUIRE(board.give_up(kId, 0, first->epoch).ok());  // no longer current: nothing happens
  CHECK(is_conflict(board.claim(claim_by("a", house.now())).status(), "claim"));
}

TEMPLATE_TEST_CASE("a claim whose lease has ended is taken, and its late completion refused", "",
                   FOCUS_EVERY_HOUSE) {
  TestType house;
  store::Store& store = house.store();
  store::WorkBoard& board = store.board();
  REQUIRE(store.sessions().add(session_record()).ok());
  const auto late = board.claim(claim_by("a", house.now()));
  house.pass(kLease / 2);
  REQUIRE(board.extend(kId, 0, late->epoch, house.now() + kLease).ok());
  house.pass(kLease / 2 + 1);
  CHECK(is_conflict(board.claim(claim_by("b", house.now())).status(), "claim"));
  house.pass(kLease / 2);
  const auto next = board.claim(claim_by("b", house.now()));
  REQUIRE(next.ok());
  CHECK(is_conflict(board.extend(kId, 0, late->epoch, house.now() + kLease), "claim"));
  CHECK(is_conflict(complete(store, late->epoch), "claim"));
  CHECK(store.segments().list(kId)->empty());
  REQUIRE(complete(store, next->epoch).ok());
  CHECK(is_conflict(complete(store, late->epoch), "claim"));
  CHECK(is_conflict(complete(store, next->epoch), "claim"));
  CHECK(store.segments().list(kId)->size() == 1);
  CHECK(read_all(**store.segments().open(kId, 0)).frames() == 4800);
}

TEMPLATE_TEST_CASE("a node takes over from itself where it asks to, and from nobody else", "",
                   FOCUS_EVERY_HOUSE) {
  TestType house;
  store::Store& store = house.store();
  REQUIRE(store.sessions().add(session_record()).ok());
  const auto slow = store.board().claim(claim_by("a", house.now()));
  store::ClaimRequest rescue = claim_by("b", house.now());
  rescue.take_over = true;
  CHECK(is_conflict(store.board().claim(rescue).status(), "claim"));
  rescue.node = "a";
  const auto quick = store.board().claim(rescue);
  REQUIRE(quick.ok());
  CHECK(is_conflict(complete(store, slow->epoch), "claim"));
  CHECK(complete(store, quick->epoch).ok());
}

TEMPLATE_TEST_CASE("what is ready is claimed again only once it was forgotten", "",
                   FOCUS_EVERY_HOUSE) {
  TestType house;
  store::Store& store = house.store();
  REQUIRE(store.sessions().add(session_record()).ok());
  REQUIRE(put(store, 0, test_audio(4800)).ok());
  store::ClaimRequest again = claim_request(0);
  again.take_over = true;
  CHECK(is_conflict(store.board().claim(again).status(), "index"));
  REQUIRE(store.segments().forget(kId, 0).ok());
  const auto claimed = store.board().claim(again);
  REQUIRE(claimed.ok());
  CHECK(claimed->epoch > 1);
}

TEMPLATE_TEST_CASE("a change makes void the claims from its first segment on", "",
                   FOCUS_EVERY_HOUSE) {
  TestType house;
  store::Store& store = house.store();
  REQUIRE(store.sessions().add(session_record()).ok());
  const auto kept = store.board().claim(claim_request(0));
  const auto gone = store.board().claim(claim_request(1));
  plan::Steering steering;
  steering.divergence = 0.5;
  REQUIRE(store.sessions().add_change(kId, 0, {steering, 100}, 1).ok());
  CHECK(is_conflict(complete(store, gone->epoch, 1), "claim"));
  CHECK(is_conflict(store.board().extend(kId, 1, gone->epoch, 500), "claim"));
  CHECK(complete(store, kept->epoch, 0).ok());
  CHECK(is_conflict(store.board().claim(claim_request(1, 0)).status(), "changes"));
  const auto anew = store.board().claim(claim_request(1, 1));
  REQUIRE(anew.ok());
  CHECK(anew->epoch > gone->epoch);
  CHECK(is_conflict(complete(store, gone->epoch, 1), "claim"));
  CHECK(complete(store, anew->epoch, 1).ok());
}

TEMPLATE_TEST_CASE("of many who claim at once one has the segment", "", FOCUS_EVERY_HOUSE) {
  TestType house;
  store::Store& store = house.store();
  REQUIRE(store.sessions().add(session_record()).ok());
  constexpr int kSegments = 20;
  std::vector<std::atomic<int>> claims(kSegments);
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t) {
    threads.emplace_back([&, t] {
      for (int k = 0; k < kSegments; ++k) {
        store::ClaimRequest request = claim_request(k);
        request.node = std::to_string(t);
        if (store.board().claim(request).ok()) ++claims[static_cast<std::size_t>(k)];
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  for (const std::atomic<int>& count : claims) CHECK(count == 1);
}
