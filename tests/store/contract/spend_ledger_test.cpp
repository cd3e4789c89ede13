// SPDX-License-Identifier: MIT
#include <string>

#include <catch2/catch.hpp>

#include "base/error.h"
#include "store/contract/houses.h"

using namespace focus::core;
using namespace focus::test;

namespace {

constexpr std::int64_t kLease = 100'000;

store::ReserveRequest request_by(const std::string& node, int segment, std::int64_t micros,
                                 std::int64_t now = 1'000) {
  store::ReserveRequest request;
  request.session_id = "a";
  request.segment = segment;
  request.organization = "org";
  request.day = 20'000;
  request.micros = micros;
  request.node = node;
  request.now = now;
  request.lease_until = now + kLease;
  return request;
}

store::ReserveRequest capped(store::ReserveRequest request, std::int64_t by_session,
                             std::int64_t by_day) {
  request.caps = {by_session, by_day};
  return request;
}

}  // namespace

TEMPLATE_TEST_CASE("the ledger judges by what is held and what is spent", "", FOCUS_EVERY_HOUSE) {
  TestType house;
  store::SpendLedger& ledger = house.store().ledger();
  const auto first = ledger.reserve(capped(request_by("n", 0, 60), 100, 1000));
  REQUIRE(first->answer == store::SpendAnswer::held);
  CHECK(first->hold != 0);
  CHECK(ledger.reserve(capped(request_by("n", 1, 41), 100, 1000))->answer ==
        store::SpendAnswer::later);
  CHECK(ledger.reserve(capped(request_by("n", 1, 101), 100, 1000))->answer ==
        store::SpendAnswer::over);
  CHECK(ledger.foresee(capped(request_by("n", 1, 40), 100, 1000)).value() ==
        store::SpendAnswer::held);
  CHECK(ledger.foresee(capped(request_by("n", 1, 40), 100, 99)).value() ==
        store::SpendAnswer::later);
  CHECK(ledger.spent_by("a")->held == 60);
  REQUIRE(ledger.settle(first->hold).ok());
  CHECK(ledger.spent_by("a")->held == 0);
  CHECK(ledger.spent_by("a")->settled == 60);
  CHECK(ledger.foresee(capped(request_by("n", 1, 41), 100, 1000)).value() ==
        store::SpendAnswer::over);
  CHECK(ledger.foresee(capped(request_by("n", 1, 40), 100, 99)).value() ==
        store::SpendAnswer::over);
  CHECK(ledger.reserve(request_by("n", 1, std::int64_t{1} << 60))->answer ==
        store::SpendAnswer::held);
}

TEMPLATE_TEST_CASE("a hold is settled or released once", "", FOCUS_EVERY_HOUSE) {
  TestType house;
  store::SpendLedger& ledger = house.store().ledger();
  const std::int64_t spent = ledger.reserve(request_by("n", 0, 10))->hold;
  REQUIRE(ledger.settle(spent).ok());
  CHECK(is_conflict(ledger.settle(spent), "hold"));
  CHECK(ledger.release(spent).ok());
  CHECK(ledger.spent_by("a")->settled == 10);
  const std::int64_t back = ledger.reserve(request_by("n", 0, 10))->hold;
  CHECK(back > spent);
  REQUIRE(ledger.release(back).ok());
  CHECK(is_conflict(ledger.settle(back), "hold"));
  CHECK(is_conflict(ledger.extend(back, 5'000), "hold"));
  CHECK(ledger.spent_by("a")->held == 0);
  CHECK(ledger.spent_by("a")->settled == 10);
  const std::int64_t later = ledger.reserve(request_by("n", 0, 10))->hold;
  CHECK(later > back);  // a number is not used again
}

TEMPLATE_TEST_CASE("sums are by session, by organization and by day", "", FOCUS_EVERY_HOUSE) {
  TestType house;
  store::SpendLedger& ledger = house.store().ledger();
  std::int64_t micros = 1;
  for (const char* session : {"a", "b"}) {
    for (const char* organization : {"org", "other"}) {
      for (const std::int64_t day : {20'000, 20'001}) {
        store::ReserveRequest request = request_by("n", 0, micros);
        request.session_id = session;
        request.organization = organization;
        request.day = day;
        REQUIRE(ledger.settle(ledger.reserve(request)->hold).ok());
        request.micros = 1000 * micros;
        REQUIRE(ledger.reserve(request)->answer == store::SpendAnswer::held);
        micros *= 2;
      }
    }
  }
  // a: org 1, 2; other 4, 8. b: org 16, 32; other 64, 128. Each pair is of two days.
  CHECK(ledger.spent_by("a")->settled == 15);
  CHECK(ledger.spent_by("b")->held == 240'000);
  CHECK(ledger.spent_by("c")->settled == 0);
  CHECK(ledger.spent_on("org", 20'000)->settled == 17);
  CHECK(ledger.spent_on("other", 20'001)->held == 136'000);
  CHECK(ledger.spent_on("org", 19'999)->settled == 0);
  CHECK(ledger.spent_on_day(20'000)->settled == 85);
  CHECK(ledger.spent_on_day(20'001)->held == 170'000);
  CHECK(ledger.spent_on_day(20'002)->held == 0);
}

TEMPLATE_TEST_CASE("a hold whose lease has ended counts as spent, and another node takes it over",
                   "", FOCUS_EVERY_HOUSE) {
  TestType house;
  store::SpendLedger& ledger = house.store().ledger();
  const std::int64_t left = ledger.reserve(request_by("dead", 0, 60, house.now()))->hold;
  const auto by_other = [&](int segment, std::int64_t micros) {
    return capped(request_by("other", segment, micros, house.now()), 100, 100);
  };
  // Live still: its money may come back, and it is not taken over.
  house.pass(kLease / 2);
  CHECK(ledger.foresee(by_other(1, 50)).value() == store::SpendAnswer::later);
  CHECK(ledger.foresee(by_other(0, 50)).value() == store::SpendAnswer::later);
  // Left behind: it counts as spent, but for the segment that it was for.
  house.pass(kLease / 2);
  CHECK(ledger.foresee(by_other(1, 50)).value() == store::SpendAnswer::over);
  CHECK(ledger.reserve(by_other(1, 50))->answer == store::SpendAnswer::over);
  CHECK(ledger.spent_by("a")->held == 60);
  CHECK(ledger.foresee(by_other(0, 101)).value() == store::SpendAnswer::over);
  const auto taken = ledger.reserve(by_other(0, 90));
  REQUIRE(taken->answer == store::SpendAnswer::held);
  CHECK(ledger.spent_by("a")->held == 90);
  CHECK(ledger.spent_on("org", 20'000)->held == 90);
  CHECK(is_conflict(ledger.settle(left), "hold"));
  CHECK(ledger.reserve(by_other(0, 90))->answer == store::SpendAnswer::later);  // only once
  REQUIRE(ledger.settle(taken->hold).ok());
  CHECK(ledger.spent_by("a")->settled == 90);
}

TEMPLATE_TEST_CASE("a node never takes over its own hold, whatever its lease", "",
                   FOCUS_EVERY_HOUSE) {
  TestType house;
  store::SpendLedger& ledger = house.store().ledger();
  const std::int64_t slow = ledger.reserve(request_by("n", 0, 60, house.now()))->hold;
  house.pass(2 * kLease);
  const auto second = ledger.reserve(request_by("n", 0, 30, house.now()));
  REQUIRE(second->answer == store::SpendAnswer::held);
  CHECK(ledger.spent_by("a")->held == 90);
  CHECK(ledger.settle(slow).ok());
  CHECK(ledger.settle(second->hold).ok());
  CHECK(ledger.spent_by("a")->settled == 90);
}

TEMPLATE_TEST_CASE("a lease that is extended keeps the hold", "", FOCUS_EVERY_HOUSE) {
  TestType house;
  store::SpendLedger& ledger = house.store().ledger();
  const std::int64_t hold = ledger.reserve(request_by("n", 0, 60, house.now()))->hold;
  house.pass(kLease / 2);
  REQUIRE(ledger.extend(hold, house.now() + kLease).ok());
  const auto by_other = [&] { return capped(request_by("other", 0, 60, house.now()), 100, 100); };
  house.pass(kLease / 2 + 1);
  CHECK(ledger.reserve(by_other())->answer == store::SpendAnswer::later);
  house.pass(kLease / 2);
  CHECK(ledger.reserve(by_other())->answer == store::SpendAnswer::held);
}
