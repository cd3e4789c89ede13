// SPDX-License-Identifier: MIT
#include "session/fair_turns.h"

#include <map>
#include <string>

#include <catch2/catch.hpp>

using focus::core::session::FairTurns;

namespace {

using Costs = std::map<std::string, double>;

/// What each has been served after `count` things, in seconds of work.
Costs served(FairTurns& turns, const Costs& costs, int count) {
  Costs sums;
  for (int i = 0; i < count; ++i) {
    const std::string name = turns.next([&](const std::string& one) { return costs.at(one); });
    turns.charge(name, costs.at(name));
    sums[name] += costs.at(name);
  }
  return sums;
}

}  // namespace

TEST_CASE("everybody gets the same work, however large the pieces are") {
  const Costs costs{{"small", 0.25}, {"usual", 3.0}, {"large", 40.0}};
  FairTurns turns;
  for (const auto& [name, cost] : costs) turns.join(name);
  const Costs sums = served(turns, costs, 20'000);
  for (const auto& [name, sum] : sums) {
    CAPTURE(name);
    CHECK(sum == Approx(sums.at("usual")).margin(41.0));
  }
}

TEST_CASE("who has a turn keeps it until it is charged") {
  const Costs costs{{"a", 2.0}, {"b", 2.0}};
  FairTurns turns;
  turns.join("a");
  turns.join("b");
  const auto cost_of = [&](const std::string& name) { return costs.at(name); };
  const std::string first = turns.next(cost_of);
  CHECK(turns.next(cost_of) == first);
  turns.charge(first, 2.0);
  CHECK(turns.next(cost_of) != first);
}

TEST_CASE("who comes late is served after one round, and gets nothing for the time before") {
  const Costs costs{{"a", 1.0}, {"b", 1.0}, {"late", 1.0}};
  FairTurns turns;
  turns.join("a");
  turns.join("b");
  served(turns, costs, 1000);
  turns.join("late");
  const Costs sums = served(turns, costs, 3);
  CHECK(sums.at("late") == 1.0);
  CHECK(served(turns, costs, 300).at("late") == Approx(100.0).margin(1.0));
}

TEST_CASE("who leaves and comes back again and again gets no more than its share") {
  const Costs costs{{"steady", 1.0}, {"jumpy", 1.0}};
  FairTurns turns;
  turns.join("steady");
  Costs sums;
  for (int i = 0; i < 1000; ++i) {
    turns.join("jumpy");
    for (const auto& [name, sum] : served(turns, costs, 1)) sums[name] += sum;
    turns.leave("jumpy");
  }
  CHECK(sums["jumpy"] <= sums["steady"] + 1.0);
}

TEST_CASE("who was served out of turn pays for it later") {
  const Costs costs{{"a", 1.0}, {"b", 1.0}};
  FairTurns turns;
  turns.join("a");
  turns.join("b");
  turns.charge("a", 10.0);
  const Costs sums = served(turns, costs, 30);
  CHECK(sums.at("b") - sums.at("a") == Approx(10.0).margin(2.0));
}

TEST_CASE("nobody is in a round that everybody has left") {
  FairTurns turns;
  CHECK(turns.empty());
  turns.leave("a");
  turns.join("a");
  turns.join("a");
  CHECK_FALSE(turns.empty());
  turns.leave("a");
  turns.charge("a", 1.0);
  CHECK(turns.empty());
}
