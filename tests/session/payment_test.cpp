// SPDX-License-Identifier: MIT
#include "session/payment.h"

#include <catch2/catch.hpp>

#include "base/cancel.h"
#include "base/error.h"
#include "store/memory_store.h"

using namespace focus::core;

namespace {

struct Money {
  ManualClock clock;
  store::MemoryStore store;
  std::shared_ptr<session::Budget> budget =
      std::make_shared<session::Budget>(store.ledger(), clock, "here");

  session::Budget::Piece piece(std::int64_t micros, int segment = 0) const {
    return {"session", "org", segment, micros};
  }
  store::Spend spent() const { return budget->spent_by("session").value(); }
};

}  // namespace

TEST_CASE("a payment holds the price and gives it back when it goes") {
  Money money;
  {
    session::Payment payment(money.budget);
    REQUIRE(payment.hold(money.piece(500)).ok());
    CHECK(payment.held_micros() == 500);
    CHECK(money.spent().held == 500);
    CHECK(payment.has_moved());
  }
  CHECK(money.spent().held == 0);
  CHECK(money.spent().settled == 0);
}

TEST_CASE("what was settled is spent") {
  Money money;
  {
    session::Payment payment(money.budget);
    REQUIRE(payment.hold(money.piece(500)).ok());
    REQUIRE(payment.settle().ok());
    CHECK(payment.held_micros() == 0);
  }
  CHECK(money.spent().held == 0);
  CHECK(money.spent().settled == 500);
}

TEST_CASE("a payment that moved on gives nothing back for the one it was moved from") {
  Money money;
  session::Payment last(money.budget);
  {
    session::Payment first(money.budget);
    REQUIRE(first.hold(money.piece(500)).ok());
    session::Payment second(std::move(first));
    CHECK(second.held_micros() == 500);
    REQUIRE(second.settle().ok());
  }
  CHECK(money.spent().settled == 500);
}

TEST_CASE("holding again gives back what was held before") {
  Money money;
  session::Payment payment(money.budget);
  REQUIRE(payment.hold(money.piece(500)).ok());
  REQUIRE(payment.hold(money.piece(300)).ok());
  CHECK(money.spent().held == 300);
}

TEST_CASE("money that is not there is refused, and nothing is held") {
  Money money;
  REQUIRE(money.budget->set_caps(std::nullopt, {400, std::nullopt}).ok());
  session::Payment payment(money.budget);
  CHECK(is_cancelled(payment.hold(money.piece(500, 3))));
  REQUIRE(payment.refused());
  CHECK(payment.refused()->segment == 3);
  CHECK_FALSE(payment.has_moved());
  CHECK(money.spent().held == 0);
}

TEST_CASE("what costs nothing needs no budget") {
  session::Payment payment(nullptr);
  CHECK(payment.hold({"session", "org", 0, 0}).ok());
  CHECK(payment.settle().ok());
  CHECK(payment.release().ok());
  CHECK_FALSE(payment.has_moved());
}

TEST_CASE("money that came with a claim is spent with the segment, and else comes back") {
  Money money;
  const auto held = money.budget->reserve(money.piece(500));
  REQUIRE(held.ok());
  {
    session::Payment payment(money.budget);
    payment.attach(held->hold, 500);
    CHECK(payment.is_attached());
    CHECK(payment.held_micros() == 500);
    CHECK(payment.has_moved());
    REQUIRE(payment.settle().ok());  // is left to the store
    CHECK(money.spent().settled == 0);
    CHECK(money.spent().held == 500);
  }
  CHECK(money.spent().held == 0);
  CHECK(money.spent().settled == 0);
}

TEST_CASE("another engine's price takes the place of money that came with a claim") {
  Money money;
  const auto held = money.budget->reserve(money.piece(500));
  REQUIRE(held.ok());
  session::Payment payment(money.budget);
  payment.attach(held->hold, 500);
  REQUIRE(payment.hold(money.piece(70)).ok());
  CHECK_FALSE(payment.is_attached());
  CHECK(money.spent().held == 70);
  REQUIRE(payment.settle().ok());
  CHECK(money.spent().settled == 70);
}
