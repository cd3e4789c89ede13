// SPDX-License-Identifier: MIT
#include "session/budget.h"

#include <atomic>
#include <string>
#include <thread>
#include <vector>

#include <absl/strings/str_cat.h>
#include <catch2/catch.hpp>

#include "base/error.h"
#include "store/memory_store.h"
#include "store/open_store.h"
#include "support/temp_folder.h"

using namespace focus::core;
using namespace focus::test;
using Answer = session::Budget::Answer;

namespace {

std::unique_ptr<session::Budget> open_budget(store::Store& store, const Clock& clock) {
  // Each is a service of its own.
  static int opened = 0;
  return std::make_unique<session::Budget>(store.ledger(), clock, absl::StrCat("node", ++opened));
}

std::shared_ptr<store::Store> open_folder(const std::string& path) {
  auto store = store::open_folder_store(path);
  REQUIRE(store.ok());
  return *std::move(store);
}

Answer answer(session::Budget& budget, const session::Budget::Piece& piece) {
  return budget.reserve(piece)->answer;
}

}  // namespace

TEST_CASE("a segment's price is exact and rounded up, for any length and price") {
  CHECK(session::segment_price(12'000, 3'000'000) == 6'000'000);
  CHECK(session::segment_price(1, 1) == 1);
  CHECK(session::segment_price(6'001, 1) == 2);
  CHECK(session::segment_price(6'000, 1) == 1);
  CHECK(session::segment_price(12'345, 7'919) == 16'294);  // 16 293.3...
  CHECK(session::segment_price(12'345, 0) == 0);
  CHECK(session::segment_price(8'640'000, 1'000'000'000'000) == 1'440'000'000'000'000);
  CHECK(session::segment_price(8'639'999, 999'999'999'999) == 1'439'999'833'331'894);
}

TEST_CASE("what is held can come back, what is spent can not") {
  store::MemoryStore store;
  const ManualClock clock;
  const auto budget = open_budget(store, clock);
  REQUIRE(budget->set_caps(std::nullopt, {.session_micros = 100, .day_micros = {}}).ok());
  const auto first = budget->reserve({"a", "", 0, 60});
  REQUIRE(first->answer == Answer::held);
  CHECK(first->hold != 0);
  CHECK(answer(*budget, {"a", "", 1, 41}) == Answer::later);
  CHECK(answer(*budget, {"a", "", 1, 101}) == Answer::over);
  CHECK(answer(*budget, {"b", "", 0, 100}) == Answer::held);
  REQUIRE(budget->release(first->hold).ok());
  const auto second = budget->reserve({"a", "", 1, 41});
  REQUIRE(second->answer == Answer::held);
  REQUIRE(budget->settle(second->hold).ok());
  REQUIRE(budget->release(second->hold).ok());  // changes nothing any more
  CHECK(budget->spent_by("a")->settled == 41);
  CHECK(budget->spent_by("a")->held == 0);
  CHECK(answer(*budget, {"a", "", 2, 60}) == Answer::over);
  CHECK(budget->foresee({"a", "", 2, 59}) == Answer::held);
  CHECK(answer(*budget, {"a", "", 2, 59}) == Answer::held);
  CHECK(budget->foresee({"a", "", 3, 1}) == Answer::later);
}

TEST_CASE("an organization has its cap for each day, its own or everybody's") {
  store::MemoryStore store;
  ManualClock clock(86'400 * 20'000 + 86'390);
  const auto budget = open_budget(store, clock);
  REQUIRE(budget->set_caps(std::nullopt, {.session_micros = {}, .day_micros = 10}).ok());
  REQUIRE(budget->set_caps("rich", {.session_micros = {}, .day_micros = 1000}).ok());
  const auto held = budget->reserve({"a", "poor", 0, 10});
  REQUIRE(budget->settle(held->hold).ok());
  CHECK(answer(*budget, {"b", "poor", 0, 1}) == Answer::over);
  CHECK(answer(*budget, {"c", "rich", 0, 1000}) == Answer::held);
  CHECK(answer(*budget, {"d", "other", 0, 10}) == Answer::held);
  CHECK(budget->spent_today("poor")->settled == 10);
  clock.advance(10);  // midnight
  CHECK(budget->spent_today("poor")->settled == 0);
  CHECK(answer(*budget, {"b", "poor", 0, 10}) == Answer::held);
  CHECK(field_of(budget->set_caps("x", {.session_micros = -1, .day_micros = {}})) ==
        "session_micros");
  CHECK(field_of(budget->set_caps("x", {.session_micros = {}, .day_micros = -1})) == "day_micros");
}

TEST_CASE("two hundred at once spend all there is under a cap and not one millionth more") {
  store::MemoryStore store;
  const ManualClock clock;
  const auto budget = open_budget(store, clock);
  constexpr std::int64_t kPrice = 37;
  constexpr std::int64_t kCap = 5'000;
  REQUIRE(budget->set_caps(std::nullopt, {.session_micros = {}, .day_micros = kCap}).ok());
  std::atomic<bool> passed{false};
  std::vector<std::thread> threads;
  for (int t = 0; t < 200; ++t) {
    threads.emplace_back([&, t] {
      const std::string id = "session" + std::to_string(t);
      for (int k = 0; k < 20;) {
        const auto reserved = budget->reserve({id, "org", k, kPrice});
        const store::Spend spend = budget->spent_today("org").value();
        if (spend.held + spend.settled > kCap) passed = true;
        if (reserved->answer == Answer::over) return;
        if (reserved->answer == Answer::later) {
          std::this_thread::yield();
          continue;
        }
        const bool fails = (t + k) % 3 == 0;
        if (!(fails ? budget->release(reserved->hold) : budget->settle(reserved->hold)).ok()) {
          passed = true;
        }
        ++k;
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  CHECK_FALSE(passed);
  CHECK(budget->spent_today("org")->settled == kCap / kPrice * kPrice);
  CHECK(budget->spent_today("org")->held == 0);
}

TEST_CASE("a restart forgets nothing that was spent, and gives back what was held", "[files]") {
  const TempFolder folder;
  const ManualClock clock;
  const store::SpendCaps caps{.session_micros = 100, .day_micros = 150};
  {
    const auto store = open_folder(folder / "a");
    const auto budget = open_budget(*store, clock);
    REQUIRE(budget->set_caps(std::nullopt, caps).ok());
    REQUIRE(budget->settle(budget->reserve({"a", "org", 0, 30})->hold).ok());
    REQUIRE(budget->settle(budget->reserve({"a", "org", 1, 10})->hold).ok());
    REQUIRE(budget->release(budget->reserve({"a", "org", 2, 20})->hold).ok());
    REQUIRE(answer(*budget, {"a", "org", 3, 40}) == Answer::held);  // and left so
  }
  {
    const auto store = open_folder(folder / "a");
    const auto budget = open_budget(*store, clock);
    REQUIRE(budget->set_caps(std::nullopt, caps).ok());
    CHECK(budget->spent_by("a")->settled == 40);
    CHECK(budget->spent_by("a")->held == 0);
    CHECK(budget->spent_today("org")->held == 0);
    CHECK(answer(*budget, {"a", "org", 4, 61}) == Answer::over);
    CHECK(answer(*budget, {"b", "org", 0, 111}) == Answer::over);
    const auto again = budget->reserve({"a", "org", 3, 40});
    REQUIRE(again->answer == Answer::held);
    CHECK(budget->spent_by("a")->held == 40);
    CHECK(answer(*budget, {"a", "org", 4, 21}) == Answer::later);
    CHECK(answer(*budget, {"a", "org", 4, 20}) == Answer::held);
    REQUIRE(budget->settle(again->hold).ok());
  }
  const auto store = open_folder(folder / "a");
  const auto budget = open_budget(*store, clock);
  CHECK(budget->spent_by("a")->settled == 80);
  CHECK(budget->spent_by("a")->held == 0);
  CHECK(budget->spent_today("org")->settled == 80);
}

TEST_CASE("a hold is taken over at the price of today") {
  store::MemoryStore store;
  ManualClock clock(86'400 * 20'000);
  {
    const auto budget = open_budget(store, clock);
    REQUIRE(answer(*budget, {"a", "org", 0, 50}) == Answer::held);
  }
  clock.advance(86'400);
  const auto budget = open_budget(store, clock);
  REQUIRE(budget->set_caps(std::nullopt, {.session_micros = 60, .day_micros = 60}).ok());
  CHECK(budget->spent_today("org")->held == 0);
  CHECK(answer(*budget, {"a", "org", 0, 61}) == Answer::over);
  CHECK(budget->spent_by("a")->held == 50);
  const auto reserved = budget->reserve({"a", "org", 0, 60});
  REQUIRE(reserved->answer == Answer::held);
  CHECK(budget->spent_by("a")->held == 60);
  CHECK(budget->spent_today("org")->held == 60);
  CHECK(budget->spent_today()->held == 60);
}

TEST_CASE("two services on one ledger never pass a cap together", "[files]") {
  const TempFolder folder;
  const ManualClock clock;
  const auto store = open_folder(folder / "a");
  constexpr std::int64_t kPrice = 37;
  constexpr std::int64_t kCap = 1'000;
  std::vector<std::unique_ptr<session::Budget>> budgets;
  for (int i = 0; i < 2; ++i) {
    budgets.push_back(open_budget(*store, clock));
    REQUIRE(budgets[i]->set_caps(std::nullopt, {.session_micros = {}, .day_micros = kCap}).ok());
  }
  std::atomic<bool> wrong{false};
  std::vector<std::thread> threads;
  for (int t = 0; t < 8; ++t) {
    threads.emplace_back([&, t] {
      session::Budget& budget = *budgets[static_cast<std::size_t>(t) % 2];
      // Two threads, one of each service, ask for the same segments.
      const std::string id = "session" + std::to_string(t / 2);
      for (int k = 0; k < 20;) {
        const auto reserved = budget.reserve({id, "org", k, kPrice});
        const auto spend = budget.spent_today("org");
        if (!reserved.ok() || spend->held + spend->settled > kCap) wrong = true;
        if (wrong || reserved->answer == Answer::over) return;
        if (reserved->answer == Answer::later) {
          std::this_thread::yield();
          continue;
        }
        const bool fails = (t + k) % 3 == 0;
        if (!(fails ? budget.release(reserved->hold) : budget.settle(reserved->hold)).ok()) {
          wrong = true;
        }
        ++k;
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  CHECK_FALSE(wrong);
  const auto spend = budgets[0]->spent_today("org");
  CHECK(spend->settled == kCap / kPrice * kPrice);
  CHECK(spend->held == 0);
}

TEST_CASE("a live service's hold is not taken over by another one") {
  store::MemoryStore store;
  const ManualClock clock;
  const auto one = open_budget(store, clock);
  const auto other = open_budget(store, clock);
  for (const auto& budget : {one.get(), other.get()}) {
    REQUIRE(budget->set_caps(std::nullopt, {.session_micros = 100, .day_micros = {}}).ok());
  }
  const auto held = one->reserve({"a", "", 0, 60});
  CHECK(answer(*other, {"a", "", 0, 60}) == Answer::later);
  REQUIRE(one->settle(held->hold).ok());
  CHECK(answer(*other, {"a", "", 0, 60}) == Answer::over);
  CHECK(other->spent_by("a")->settled == 60);
}
