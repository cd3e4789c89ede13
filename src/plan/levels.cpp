// SPDX-License-Identifier: MIT
#include "plan/levels.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "plan/bar_lines.h"
#include "plan/draft.h"
#include "plan/layout.h"

namespace focus::core::plan {
namespace {

/// The bar line of `segment` that is the first at `time` or later.
BarLine line_from(const Form& form, const PlannedSegment& segment, std::int64_t time) {
  BarLines lines(form, segment);
  while (lines.line().start < time) lines.next();
  return lines.line();
}

/// The part of `whole` from `line` on. The grid stays, so that the bars are counted on.
PlannedSegment rest_of(const PlannedSegment& whole, const BarLine& line, int overlap_in) {
  PlannedSegment rest = whole;
  rest.start = line.start;
  rest.first_bar = line.number;
  rest.overlap_in = overlap_in;
  return rest;
}

/// Divides a long segment, so that its beginning is made soon. `end` is where the next one starts.
void divide_long(std::vector<PlannedSegment>& segments, int index, const Form& form,
                 std::int64_t end) {
  const auto at = segments.begin() + index;
  const std::int64_t soon = at->start + kSoonSegment;
  if (end - soon < kSoonSegment) return;
  const BarLine line = line_from(form, *at, soon);
  const auto shorter = std::min(line.start - at->start, end - line.start);
  const PlannedSegment rest = rest_of(*at, line, overlap_for(line.length, shorter));
  at->made_overlap_out = rest.overlap_in;
  at->made_end = rest.start + rest.overlap_in;
  at->home_after = at->home;
  at->phase_after = at->phase;
  segments.insert(at + 1, rest);
}

}  // namespace

bool keeps_notes(const Plan& before, const Change& change) {
  const PlannedSegment& planned_last = before.segment(before.first_changed());
  return change.steering.changes_levels_alone() && change.from >= planned_last.start;
}

Plan relevelled(const Plan& before, const Change& change) {
  std::vector<PlannedSegment> segments = before.segments();
  const auto gone = std::partition_point(
      segments.begin(), segments.end(),
      [&](const PlannedSegment& segment) { return segment.start < change.from; });
  const int kept = static_cast<int>(gone - segments.begin());
  const Form& form = *before.eras().back().form;
  if (gone == segments.end() || gone->start > change.from) {
    const PlannedSegment& heard = segments[static_cast<std::size_t>(kept - 1)];
    const BarLine line = line_from(form, heard, change.from);
    const auto left = static_cast<int>(before.end_hundredths(kept - 1) - change.from);
    segments.insert(gone, rest_of(heard, line, std::min(kChangeOverlap, left)));
  }
  const bool is_last = kept + 1 == static_cast<int>(segments.size());
  const std::int64_t end =
      is_last ? before.eras().back().target() : segments[static_cast<std::size_t>(kept + 1)].start;
  divide_long(segments, kept, form, end);

  Request request = changed(before.request(), change);
  std::vector<Era> eras = before.eras();
  Era era = eras.back();
  era.first_segment = kept;
  era.change_count = before.change_count() + 1;
  era.request = request;
  era.request.custom_prompt = {};
  era.programme = std::make_shared<const SceneProgramme>(programme_of(request));
  era.segment_count = static_cast<int>(segments.size());
  std::erase_if(eras, [&](const Era& other) { return other.first_segment >= kept; });
  eras.push_back(std::move(era));
  return Plan(std::move(request), before.seed(), std::move(segments), std::move(eras));
}

}  // namespace focus::core::plan
