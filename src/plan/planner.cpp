// SPDX-License-Identifier: MIT
//
// Plans a session in three steps: how many segments there are and where each should end (here),
// what they play (decisions.h), where exactly they start and overlap (layout.h). A change runs the
// same steps on the segments that come after it.
//
// The plan after a change must not depend on how the plan before it came about, or on when it is
// computed: a session that is opened again replays its changes and must get the same segments,
// since their audio may be on disk. So every step is a pure function of the draft.
#include "plan/planner.h"

#include <algorithm>
#include <string>
#include <utility>

#include "plan/decisions.h"
#include "plan/draft.h"
#include "plan/layout.h"
#include "plan/levels.h"
#include "plan/phases.h"

namespace focus::core::plan {
namespace {

/// `request` has its prompt.
std::shared_ptr<const Readings> read(const Request& request) {
  Readings readings;
  if (request.goal == Goal::custom_prompt) {
    readings.work = read_prompt(request.custom_prompt, request.tempo_bpm);
  } else {
    readings.work.character = request.goal;
    readings.work.leaning.tempo_bpm = request.tempo_bpm;
  }
  readings.breaks = reading_of_breaks(readings.work);
  return std::make_shared<const Readings>(std::move(readings));
}

void add_segments(Draft& draft, const PhaseSpan& span) {
  for (int number = 0; number < span.segment_count; ++number) {
    draft.segments.emplace_back().phase = span.phase;
    draft.wanted_ends.push_back(span.segment_end(number));
  }
}

/// The rest of a phase from a change at `from` on. Where the music changes, a short segment comes
/// first, unless that would leave too little for a second one.
void add_rest_of_phase(Draft& draft, PhaseSpan span, std::int64_t from) {
  const std::int64_t soon = from + kSoonSegment;
  span.start = from;
  if (draft.changes_music && span.end - soon >= kSoonSegment) {
    add_segments(draft, {span.phase, from, soon, 1});
    span.start = soon;
  }
  span.segment_count = segments_in(span.end - span.start, draft.request.segment_seconds);
  add_segments(draft, span);
}

/// The segments of a session that changes at `from`. Where little is left of a phase there, the
/// next phase begins at once; the last phase is there as long as anything is left of it.
void add_segments_from(Draft& draft, std::int64_t from) {
  for (const PhaseSpan& span : phases_of(draft.request)) {
    const std::int64_t shortest = span.end < draft.target() ? kShortestRest : 1;
    if (span.end - std::max(span.start, from) < shortest) continue;
    if (span.start < from) {
      add_rest_of_phase(draft, span, from);
    } else {
      add_segments(draft, span);
    }
  }
  draft.segment(draft.kept).start = from;
}

/// Whether the change replaces the piece that work plays, not only how much it varies.
bool plays_new_piece(const Request& before, const Request& after) {
  return before.goal != after.goal || before.intensity != after.intensity ||
         before.custom_prompt != after.custom_prompt;
}

/// The form of what the draft plans: of the whole session, or from a change at `from` on.
std::shared_ptr<Form> form_of(const Draft& draft, std::int64_t from) {
  const std::vector<PhaseSpan> spans = phases_of(draft.request);
  return std::make_shared<Form>(Form::Question{
      .request = draft.request,
      .reading = draft.readings->work,
      .seed = draft.seed,
      .spans = spans,
      .from = from,
      .before = draft.before == nullptr ? nullptr : draft.before->eras().back().form.get(),
      .changes_music = draft.changes_music,
      .plays_new_piece = draft.plays_new_piece});
}

/// The era of what the draft has planned, with the prompt and the readings that it has.
Era era_of(const Draft& draft, int change_count, std::shared_ptr<const std::string> prompt) {
  Era era;
  era.first_segment = draft.kept;
  era.change_count = change_count;
  era.request = draft.request;
  era.request.custom_prompt = {};
  era.prompt = std::move(prompt);
  era.readings = draft.readings;
  era.form = draft.form;
  era.programme = std::make_shared<const SceneProgramme>(programme_of(draft.request));
  era.segment_count = draft.segment_count();
  era.ending = draft.ending;
  era.cadence = draft.cadence;
  return era;
}

/// The prompt of a steered request: that of the era before, unless the change brings another.
std::shared_ptr<const std::string> shared_prompt(const Request& request, const Era& last) {
  if (request.custom_prompt == *last.prompt) return last.prompt;
  return std::make_shared<const std::string>(request.custom_prompt);
}

/// The readings of a steered request. Of what a change may change they depend on goal and prompt
/// alone, so those of an earlier era are taken where there is one: reading a long prompt takes more
/// time than all the rest.
std::shared_ptr<const Readings> shared_readings(const Request& request,
                                                const std::shared_ptr<const std::string>& prompt,
                                                const std::vector<Era>& eras) {
  const auto same = std::find_if(eras.rbegin(), eras.rend(), [&](const Era& era) {
    return era.prompt == prompt && era.request.goal == request.goal;
  });
  return same != eras.rend() ? same->readings : read(request);
}

}  // namespace

Plan planned(Request request, std::uint64_t seed) {
  Draft draft;
  draft.seed = seed;
  draft.request = std::move(request);
  draft.readings = read(draft.request);
  for (const PhaseSpan& span : phases_of(draft.request)) add_segments(draft, span);
  draft.form = form_of(draft, 0);
  draw_decisions(draft);
  lay_out(draft);
  auto prompt = std::make_shared<const std::string>(draft.request.custom_prompt);
  return Plan(draft.request, seed, std::move(draft.segments),
              {era_of(draft, 0, std::move(prompt))});
}

Plan steered(const Plan& before, const Change& change) {
  if (keeps_notes(before, change)) return relevelled(before, change);
  const auto& segments = before.segments();
  const auto first_gone = std::partition_point(
      segments.begin(), segments.end(),
      [&](const PlannedSegment& segment) { return segment.start < change.from; });
  Draft draft;
  draft.seed = before.seed();
  draft.request = changed(before.request(), change);
  auto prompt = shared_prompt(draft.request, before.eras().back());
  draft.readings = shared_readings(draft.request, prompt, before.eras());
  draft.before = &before;
  draft.changes_music = change.steering.changes_music();
  draft.plays_new_piece = plays_new_piece(before.request(), draft.request);
  draft.segments.assign(segments.begin(), first_gone);
  draft.kept = draft.segment_count();
  add_segments_from(draft, change.from);
  draft.form = form_of(draft, change.from);
  draw_decisions(draft);
  lay_out(draft);

  // The eras that still have segments. The new era follows them, so there are never more eras than
  // segments, and a plan does not grow with the number of its changes.
  std::vector<Era> eras = before.eras();
  std::erase_if(eras, [&](const Era& era) { return era.first_segment >= draft.kept; });
  eras.push_back(era_of(draft, before.change_count() + 1, std::move(prompt)));
  return Plan(std::move(draft.request), draft.seed, std::move(draft.segments), std::move(eras));
}

}  // namespace focus::core::plan
