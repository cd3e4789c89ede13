// SPDX-License-Identifier: MIT
#include "engines/studio/mix/swells.h"

#include <algorithm>
#include <cmath>

#include <catch2/catch.hpp>

#include "engines/studio/score/score_support.h"

using namespace focus::test;

TEST_CASE("levels and colours move within bounds, and without steps") {
  for (const plan::Goal goal : kGoals) {
    const plan::Brief brief = brief_for(goal, plan::Intensity::medium, 240.0);
    const Clock clock(brief);
    const focus::core::engines::studio::Composer composer(brief);
    const Swells swells(composer, clock, 7);
    for (const Layer layer : {Layer::pad, Layer::bass, Layer::lead, Layer::kit}) {
      double low = 100.0, high = -100.0, sharpest = 0.0, last = 0.0;
      for (int tenth = 0; tenth < 2400; ++tenth) {
        const std::int64_t frame = tenth * std::int64_t{brief.sample_rate} / 10;
        const Swells::Moment moment = swells.at(frame);
        const double db = moment.level_db(layer);
        if (tenth > 0) sharpest = std::max(sharpest, std::fabs(db - last));
        last = db;
        low = std::min(low, db);
        high = std::max(high, db);
        CHECK(std::fabs(moment.octaves(layer)) < 2.3);
      }
      INFO(name_of(goal) << ", layer " << static_cast<int>(layer));
      CHECK(high - low > 0.5);
      CHECK(high - low < 16.0);
      CHECK(sharpest < 0.6);
    }
  }
}
