// SPDX-License-Identifier: MIT
// What is heard on both sides of a change of levels.
#include <algorithm>
#include <cmath>

#include <catch2/catch.hpp>

#include "studio_support.h"

using namespace focus::core;
using namespace focus::test;

namespace {

struct Sides {
  CollectingSink old_side, new_side;  ///< of the overlap at the change
};

/// Plays both sides of a change at about 100 s.
Sides sides_of_change(plan::Goal goal, plan::Stem stem, double db) {
  plan::Request request = request_for(goal, plan::Intensity::medium, 10);
  request.divergence = 0.6;
  request.segment_seconds = 60;  // what is before the overlap is played for its sake alone
  const plan::Plan before = plan::planned(request, 8);
  plan::Steering steering;
  steering.stem_db[static_cast<std::size_t>(stem)] = db;
  const plan::Plan after = plan::steered(before, {steering, before.cut_after(10'000, steering)});
  const int k = after.first_changed();
  plan::Brief old_brief = after.brief(k - 1, 48000);
  plan::Brief new_brief = after.brief(k, 48000);
  const std::int64_t skipped = after.start_frame(k, 48000) - after.start_frame(k - 1, 48000);
  old_brief.frames = skipped + new_brief.overlap_in;
  new_brief.frames = new_brief.overlap_in;
  Sides sides{play(old_brief), play(new_brief)};
  sides.old_side.left.erase(sides.old_side.left.begin(), sides.old_side.left.begin() + skipped);
  REQUIRE(sides.old_side.left.size() == sides.new_side.left.size());
  return sides;
}

double difference_db(const Sides& sides) {
  std::vector<float> difference = sides.old_side.left;
  for (std::size_t i = 0; i < difference.size(); ++i) difference[i] -= sides.new_side.left[i];
  return 20.0 * std::log10((rms(difference) + 1e-12) / rms(sides.old_side.left));
}

}  // namespace

TEST_CASE("both sides of a change of levels play the same notes at the same time") {
  for (const plan::Goal goal : kGoals) {
    CAPTURE(name_of(goal));
    CHECK(difference_db(sides_of_change(goal, plan::Stem::pads, 0.0)) < -30.0);
    CHECK(difference_db(sides_of_change(goal, plan::Stem::pads, -0.5)) < -20.0);
  }
}

TEST_CASE("what a change of levels turns off is what is missing after it") {
  CHECK(difference_db(sides_of_change(plan::Goal::focus, plan::Stem::pads, plan::kStemOff)) >
        -12.0);
}
