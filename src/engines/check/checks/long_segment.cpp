// SPDX-License-Identifier: MIT
#include <algorithm>
#include <string>

#include <absl/strings/str_cat.h>

#include "base/text.h"
#include "engines/check/checks.h"

namespace focus::core::engines {
namespace {

constexpr double kRoomForOverlap = 24.0;  // seconds
constexpr double kLongestSegment = 600.0;

}  // namespace

void check_long_segment(CheckRun& run) {
  if (run.quick()) return;
  const double longest = std::min<double>(run.info().max_duration_seconds, kLongestSegment);
  plan::Request request = usual_request();
  request.segment_seconds = std::max(kShortSegment, longest - kRoomForOverlap);
  request.target_minutes = std::max(1, static_cast<int>(request.segment_seconds * 3.0 / 60.0));
  const plan::Brief brief = run.brief(request, 1);
  if (brief.length_seconds() > longest) {
    return run.tell(
        Verdict::skipped,
        absl::StrCat("a segment of ", decimals(brief.length_seconds(), 0),
                     " s is the shortest of such a session, and max_duration_seconds is ",
                     run.info().max_duration_seconds));
  }
  const std::string what = absl::StrCat(decimals(brief.length_seconds(), 0), " s");
  run.play_all({{brief, what}}, what);
}

}  // namespace focus::core::engines
