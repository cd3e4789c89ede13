// SPDX-License-Identifier: MIT
// Random histories of changes, and a plan written down in whole numbers.
#pragma once

#include <cmath>
#include <cstdint>
#include <string>

#include <absl/strings/str_cat.h>
#include <absl/strings/str_join.h>
#include <catch2/catch.hpp>

#include "base/random.h"
#include "plan/planner.h"

namespace focus::test {

using namespace focus::core;

inline plan::Steering random_steering(Random& random) {
  static constexpr const char* kPrompts[] = {"slow cello in C sharp minor, no drums", "techno",
                                             "rain at 64 bpm", "warm piano, a little faster"};
  plan::Steering steering;
  switch (random.below(6)) {
    case 0:
      steering.intensity = static_cast<plan::Intensity>(random.below(3));
      break;
    case 1:
      steering.goal = static_cast<plan::Goal>(random.below(5));
      break;
    case 2:
      steering.custom_prompt = kPrompts[random.below(4)];
      break;
    case 3:
      steering.target_minutes = random.between(4, 90);
      break;
    default:
      steering.divergence = random.uniform();
      break;
  }
  return steering;
}

/// A change that the plan allows, as a session would make it: anywhere, also before earlier
/// changes.
inline plan::Change random_change(const plan::Plan& plan, Random& random) {
  for (int tries = 0; tries < 1000; ++tries) {
    plan::Change change{random_steering(random), 0};
    const double heard = random.uniform(0.0, 100.0 * plan.played_seconds());
    change.from = plan.cut_after(static_cast<std::int64_t>(heard), change.steering);
    if (plan.check_change(change).ok()) return change;
  }
  FAIL("no change is allowed");
  return {};
}

inline std::string facts_of(const plan::Brief& brief) {
  const auto hundredths = [](double value) { return std::llround(100.0 * value); };
  return absl::StrCat(
      brief.seed, " ", brief.index, " ", brief.segment_count, " ", static_cast<int>(brief.goal),
      " ", static_cast<int>(brief.character), " ", static_cast<int>(brief.phase), " ",
      static_cast<int>(brief.intensity), " ", hundredths(brief.divergence), " ", brief.prompt, " ",
      hundredths(brief.leaning.brightness), " ", hundredths(brief.leaning.tempo_bpm), " ",
      hundredths(brief.start_seconds), " ", hundredths(brief.session_seconds), " ", brief.frames,
      " ", brief.overlap_in, " ", brief.overlap_out, " ", hundredths(brief.ending_seconds), " ",
      hundredths(brief.cadence_seconds), " ", hundredths(brief.target_lufs), " ",
      hundredths(brief.bar_seconds), " ", brief.first_bar, " ", plan::describe(brief.key), " ",
      plan::describe(brief.key_before), " ", plan::describe(brief.key_after), " ",
      static_cast<int>(brief.section), " ", absl::StrJoin(brief.drawn_at, " "));
}

/// All that a plan says, a line a segment. In whole numbers, so that it is the same on all
/// machines.
inline std::string facts_of(const plan::Plan& plan) {
  constexpr int kRate = 100;  // frames are hundredths of a second
  std::string facts = absl::StrCat(plan.change_count(), " ", plan.first_changed(), " ",
                                   std::llround(100.0 * plan.ending_seconds()), " ",
                                   static_cast<int>(plan.prompt_reading().character), "\n");
  for (int k = 0; k < plan.segment_count(); ++k) {
    absl::StrAppend(&facts, plan.start_frame(k, kRate), " ", plan.end_frame(k, kRate), " ",
                    plan.overlap_in_ms(k), " ", plan.overlap_out_ms(k), " ",
                    plan.overlap_out_frames(k, 44100), " ", plan.made_hundredths(k), " ",
                    static_cast<int>(plan.phase(k)), " ", plan::describe(plan.key(k)), " | ",
                    facts_of(plan.brief(k, 44100)), "\n");
  }
  return facts;
}

/// Where a bar begins, in hundredths of a second, by the lines of a brief.
inline std::int64_t line_of(const plan::Brief& brief, std::int64_t bar) {
  plan::BarLine at = brief.tempo_steps.front();
  for (const plan::BarLine& step : brief.tempo_steps) {
    if (step.number <= bar) at = step;
  }
  return at.start + (bar - at.number) * at.length;
}

}  // namespace focus::test
