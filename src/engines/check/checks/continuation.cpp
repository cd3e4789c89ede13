// SPDX-License-Identifier: MIT
#include <algorithm>
#include <cstdint>
#include <memory>
#include <string>

#include <absl/strings/str_cat.h>

#include "base/text.h"
#include "engines/check/checks.h"

namespace focus::core::engines {

/// Plays segment 1 twice after the same end of segment 0, and once after the reversed end. An
/// engine that listens to the end plays something else after the reversed one.
void check_continuation(CheckRun& run) {
  if (!run.info().continues_previous) return;
  const auto before = record(run.engine(), run.brief(usual_request(), 0));
  if (!before.ok()) {
    return run.tell(Verdict::fails,
                    absl::StrCat("the segment before failed: ", before.status().message()));
  }
  plan::Brief next = run.brief(usual_request(), 1);
  const auto wanted = static_cast<std::int64_t>(run.info().previous_seconds * next.sample_rate);
  const std::int64_t count = std::clamp(wanted, next.overlap_in, before->frames());
  auto tail = std::make_shared<audio::AudioBuffer>(2, count, next.sample_rate);
  auto other = std::make_shared<audio::AudioBuffer>(2, count, next.sample_rate);
  for (int c = 0; c < 2; ++c) {
    const auto end = before->samples(c).last(static_cast<std::size_t>(count));
    std::copy(end.begin(), end.end(), tail->samples(c).begin());
    std::reverse_copy(end.begin(), end.end(), other->samples(c).begin());
  }
  next.previous = tail;
  const Heard first = run.play(next), again = run.play(next);
  next.previous = other;
  const Heard changed = run.play(next);
  for (const Heard* heard : {&first, &again, &changed}) {
    const std::string fault = fault_of_segment(next, *heard);
    if (!fault.empty()) return run.tell(Verdict::fails, fault);
  }
  if (first.print != again.print) {
    return run.tell(Verdict::skipped,
                    "it plays something else each time, so that this can not be told from samples");
  }
  run.judge(
      changed.print == first.print
          ? "another end gives the same samples; use the brief's previous_samples, or do not "
            "say continues_previous, which makes segments wait for each other"
          : "",
      absl::StrCat("another end of ", decimals(static_cast<double>(count) / next.sample_rate, 1),
                   " s gives other music"));
}

}  // namespace focus::core::engines
