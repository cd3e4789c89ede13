// SPDX-License-Identifier: MIT
// Plans as kept in a file, in digests. Sessions are planned again whenever they are opened, so the
// same request, seed and history must give the same plan in every version of the library.
#include <cstdlib>
#include <fstream>
#include <map>
#include <sstream>
#include <string>

#include <absl/strings/str_cat.h>
#include <catch2/catch.hpp>

#include "plan_support.h"

using namespace focus::core;
using namespace focus::test;

namespace {

constexpr const char* kUpdate = "FOCUS_UPDATE_GOLDEN";

constexpr const char* kHead =
    "# Digests of plans: at the start, and after 10 and 40 random changes. A difference means "
    "that\n"
    "# sessions which are opened again are planned differently. Where that is meant,\n"
    "# Plan::kVersion must grow, and this file is written again by\n"
    "#\n"
    "#     FOCUS_UPDATE_GOLDEN=1 build/dev/tests/plan/plan_test \"golden plans*\"\n"
    "#\n"
    "# goal divergence phases start 10 40\n";

std::string digest(const std::string& text) {
  std::uint64_t hash = 0xCBF29CE484222325ULL;  // FNV-1a
  for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001B3ULL;
  return absl::StrCat(absl::Hex(hash, absl::kZeroPad16));
}

std::string digests_of(const plan::Request& request, std::uint64_t seed) {
  plan::Plan plan = planned(request, seed);
  std::string digests = digest(facts_of(plan));
  Random random = Random(seed).fork("changes");
  while (plan.change_count() < 40) {
    plan = plan::steered(plan, random_change(plan, random));
    if (plan.change_count() == 10) absl::StrAppend(&digests, " ", digest(facts_of(plan)));
  }
  return absl::StrCat(digests, " ", digest(facts_of(plan)));
}

/// By name of the kind of request.
std::map<std::string, std::string> plans_of_today() {
  std::map<std::string, std::string> plans;
  std::uint64_t seed = 0;
  for (const char* goal : {"focus", "relax", "sleep", "energize", "custom_prompt"}) {
    for (const int percent : {0, 30, 100}) {
      for (const bool phases : {false, true}) {
        plan::Request request;
        request.goal = *plan::goal_named(goal);
        const bool rests = request.goal == plan::Goal::relax || request.goal == plan::Goal::sleep;
        if (phases && rests) continue;
        request.target_minutes = phases ? 75 : 40;
        request.divergence = percent / 100.0;
        if (phases) {
          request.work_minutes = 15;
          request.break_minutes = 5;
          request.segment_seconds = 90.0;
        }
        request.custom_prompt = "dark slow ambient in F, no drums, rain";
        plans[absl::StrCat(goal, " ", percent, " ", phases ? "phases" : "-")] =
            digests_of(request, ++seed);
      }
    }
  }
  return plans;
}

std::map<std::string, std::string> read_golden() {
  std::ifstream file(FOCUS_GOLDEN_PLANS);
  std::map<std::string, std::string> plans;
  for (std::string line; std::getline(file, line);) {
    if (line.empty() || line[0] == '#') continue;
    std::istringstream words(line);
    std::string goal, divergence, phases, digests;
    words >> goal >> divergence >> phases >> std::ws;
    std::getline(words, digests);
    plans[absl::StrCat(goal, " ", divergence, " ", phases)] = digests;
  }
  return plans;
}

}  // namespace

TEST_CASE("golden plans: every request, seed and history is planned as it was") {
  const auto plans = plans_of_today();
  if (std::getenv(kUpdate) != nullptr) {
    std::ofstream file(FOCUS_GOLDEN_PLANS, std::ios::trunc);
    file << kHead;
    for (const auto& [name, digests] : plans) file << name << " " << digests << "\n";
    REQUIRE(file.flush());
  }
  const auto golden = read_golden();
  CHECK(golden.size() == 24);
  for (const auto& [name, digests] : plans) {
    INFO(name << "; where the change is meant, run with " << kUpdate << "=1");
    REQUIRE(golden.count(name) == 1);
    CHECK(golden.at(name) == digests);
  }
}
