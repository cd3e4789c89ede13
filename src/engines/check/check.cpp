// SPDX-License-Identifier: MIT
#include "engines/check/check.h"

#include "base/cancel.h"
#include "engines/check/check_run.h"
#include "engines/check/checks.h"

namespace focus::core::engines {
namespace {

struct Check {
  const char* name;  ///< of its results: a sentence that holds, or does not
  void (*run)(CheckRun& run);
};

/// In the order in which they are run: a check may use what earlier ones have found.
constexpr Check kChecks[] = {
    {"what it says of itself is consistent", check_description},
    {"a segment of 20 s is delivered whole", check_first_segment},
    {"a session's first and last segments are whole", check_ends},
    {"every goal and intensity is played", check_goals},
    {"a prompt may hold any characters", check_prompt},
    {"a session of any sample rate is played", check_rates},
    {"a long segment is delivered whole", check_long_segment},
    {"", check_sound},  // has several results with names of their own
    {"the same brief gives the same samples", check_purity},
    {"another seed gives other music", check_seed},
    {"several at a time play as each alone", check_concurrency},
    {"a segment that is wanted no more is given up", check_cancellation},
    {"it continues the end of the segment before", check_continuation},
    {"how neighbours go together at divergence 0", note_overlap},
    {"not every segment came at the first try", note_retries},
    {"its speed", note_speed},
};

}  // namespace

absl::StatusOr<std::vector<CheckResult>> check_engine(const MusicEngine& engine,
                                                      const CheckSettings& settings) {
  CheckRun run(engine, settings);
  for (const Check& check : kChecks) {
    if (run.over()) break;
    run.begin(check.name);
    check.run(run);
  }
  if (run.cancelled()) return cancelled_error();
  return run.take_results();
}

}  // namespace focus::core::engines
