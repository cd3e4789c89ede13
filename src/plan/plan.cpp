// SPDX-License-Identifier: MIT
#include "plan/plan.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include <absl/strings/str_cat.h>

#include "base/error.h"
#include "plan/bar_lines.h"
#include "plan/phases.h"

namespace focus::core::plan {
namespace {

/// How much later than asked for a change may come, in hundredths of a second.
constexpr std::int64_t kLongestWait = 130;

std::int64_t frames_at(std::int64_t hundredths, int rate) { return (hundredths * rate + 50) / 100; }

double middle_seconds(const PlannedSegment& segment) {
  return 0.5e-2 * static_cast<double>(segment.start + segment.made_end);
}

/// Where segment k stands in the session for which it was planned.
Section section_of(const PlannedSegment& segment, int k, const Era& era) {
  const double session = era.request.target_minutes * 60.0;
  const double length = (segment.made_end - segment.start) * 0.01;
  const double middle = (segment.start * 0.01 + 0.5 * length) / session;
  if (k == 0) return Section::opening;
  if (k + 1 == era.segment_count || middle > 0.94) return Section::closing;
  return middle < 0.25 ? Section::settling : Section::developing;
}

}  // namespace

Plan::Plan(Request request, std::uint64_t seed, std::vector<PlannedSegment> segments,
           std::vector<Era> eras)
    : request_(std::move(request)),
      seed_(seed),
      segments_(std::move(segments)),
      eras_(std::move(eras)),
      longest_from_(segments_.size()) {
  std::int64_t longest = 0;
  for (int k = segment_count() - 1; k >= 0; --k) {
    longest = std::max(longest, made_hundredths(k));
    longest_from_[static_cast<std::size_t>(k)] = longest;
  }
}

std::int64_t Plan::cut_after(std::int64_t earliest, const Steering& steering) const {
  const auto after =
      std::partition_point(segments_.begin(), segments_.end(),
                           [&](const PlannedSegment& segment) { return segment.start < earliest; });
  const PlannedSegment& heard = after == segments_.begin() ? *after : *(after - 1);
  const bool ends_first = after == segments_.end();
  // A change of length alone is not heard at once, so it need not come in the middle of a segment.
  const int minutes = steering.target_minutes.value_or(request_.target_minutes);
  const std::int64_t last_start = minutes * std::int64_t{6000} - kShortestRest;
  if (!steering.changes_music() && !ends_first && after->start <= last_start) return after->start;

  const std::int64_t soonest = std::max(earliest, heard.start + 1);
  BarLines bars(*era_of(static_cast<int>(&heard - segments_.data())).form, heard);
  while (bars.line().start + bars.line().length < soonest) bars.next();
  const std::int64_t bar = bars.line().start;
  const auto line_after = [&](double step) {
    return bar + std::lround(std::ceil(static_cast<double>(soonest - bar) / step) * step);
  };
  double step = bars.line().length;
  // New levels of the same notes come on a bar line, so that the bars are counted on.
  const bool keeps_bars = steering.changes_levels_alone();
  while (!keeps_bars && line_after(step) > earliest + kLongestWait) step *= 0.5;
  const std::int64_t line = line_after(step);
  const std::int64_t latest = std::max(earliest + kLongestWait, keeps_bars ? line : 0);
  return !ends_first && after->start <= latest ? after->start : line;
}

absl::Status Plan::check_change(const Change& change) const {
  const Request request = changed(request_, change);
  const std::int64_t target = eras_.back().target();
  FOCUS_RETURN_IF_ERROR(validate(request));
  if (change.from + kChangeOverlap > target) {
    return invalid_field("session", "is about to end; start another one instead");
  }
  if (!change.steering.target_minutes && change.from + kShortestRest > target) {
    return invalid_field("session", "is about to end; lengthen it with target_minutes");
  }
  const std::int64_t shortest = (change.from + kShortestRest + 5999) / 6000;
  if (request.target_minutes < shortest) {
    return invalid_field("target_minutes",
                         absl::StrCat("must be ", shortest, " or more: the session is in minute ",
                                      change.from / 6000 + 1, "; end it to stop at once"));
  }
  return absl::OkStatus();
}

Request Plan::request_of(int k) const {
  const Era& era = era_of(k);
  Request request = era.request;
  request.custom_prompt = *era.prompt;
  return request;
}

/// The first era that began after change number `changes` starts where the least of all those later
/// changes did: a change drops every era that starts where it starts, or later.
int Plan::kept_since(int changes) const {
  const auto later = std::partition_point(
      eras_.begin(), eras_.end(), [&](const Era& era) { return era.change_count <= changes; });
  return later == eras_.end() ? segment_count() : later->first_segment;
}

const Era& Plan::era_of(int k) const {
  const auto next = std::partition_point(eras_.begin() + 1, eras_.end(),
                                         [&](const Era& era) { return era.first_segment <= k; });
  return *(next - 1);
}

double Plan::target_lufs(int k) const {
  const Era& era = era_of(k);
  const double made_end = 0.01 * static_cast<double>(segment(k).made_end);
  double lufs = era.request.loudness_target() + era.form->level_lu(start_seconds(k), made_end);
  if (!era.programme->steps.empty()) {
    lufs += era.programme->mean_level_db(start_seconds(k), made_end);
    lufs = std::clamp(lufs, kLowestLufs, kHighestLufs);
  }
  return std::round(10.0 * lufs) / 10.0;
}

Key Plan::key(int k) const {
  return era_of(k).form->at(segment(k).start, phase(k)).key_in(segment(k).home);
}

std::int64_t Plan::end_hundredths(int k) const {
  if (k + 1 >= segment_count()) return eras_.back().target();
  return segment(k + 1).start + segment(k + 1).overlap_in;
}

std::int64_t Plan::start_frame(int k, int rate) const { return frames_at(segment(k).start, rate); }

std::int64_t Plan::end_frame(int k, int rate) const { return frames_at(end_hundredths(k), rate); }

int Plan::segment_at(std::int64_t frame, int rate) const {
  const auto after = std::partition_point(
      segments_.begin(), segments_.end(),
      [&](const PlannedSegment& segment) { return frames_at(segment.start, rate) <= frame; });
  return std::max(0, static_cast<int>(after - segments_.begin()) - 1);
}

double Plan::longest_seconds(int first) const {
  const auto at = static_cast<std::size_t>(first);
  return at < longest_from_.size() ? static_cast<double>(longest_from_[at]) * 0.01 : 0.0;
}

std::int64_t Plan::overlap_out_frames(int k, int rate) const {
  return k + 1 < segment_count() ? end_frame(k, rate) - start_frame(k + 1, rate) : 0;
}

int Plan::overlap_out_ms(int k) const { return k + 1 < segment_count() ? overlap_in_ms(k + 1) : 0; }

/// Reads the segment and its era alone, and of neighbours only what was fixed when the segment was
/// planned: so the brief stays the same whatever later changes do to the rest of the session.
Brief Plan::brief(int k, int rate) const {
  const Era& era = era_of(k);
  const PlannedSegment& planned = segment(k);
  const PromptReading& reading = era.readings->of(planned.phase);
  const std::int64_t start = frames_at(planned.start, rate);
  const std::int64_t end = frames_at(planned.made_end, rate);
  Brief brief;
  brief.seed = seed_;
  brief.index = k;
  brief.segment_count = era.segment_count;
  brief.goal = era.request.goal;
  brief.character = reading.character;
  brief.has_phases = era.request.has_phases();
  brief.phase = planned.phase;
  brief.intensity = intensity_of(planned.phase, era.request);
  brief.divergence = era.request.divergence;
  if (era.request.goal == Goal::custom_prompt && planned.phase == Phase::work) {
    brief.prompt = *era.prompt;
  }
  brief.leaning = reading.leaning;
  brief.stem_db = era.request.stem_db;
  brief.scenes = *era.programme;
  brief.target_lufs = target_lufs(k);
  brief.start_seconds = start_seconds(k);
  brief.session_seconds = era.request.target_minutes * 60.0;
  brief.frames = end - start;
  brief.sample_rate = rate;
  brief.overlap_in = frames_at(planned.start + planned.overlap_in, rate) - start;
  brief.overlap_out = end - frames_at(planned.made_end - planned.made_overlap_out, rate);
  brief.ending_seconds = planned.made_end > era.target() - era.ending ? era.ending * 0.01 : 0.0;
  brief.cadence_seconds = k + 1 == era.segment_count ? era.cadence * 0.01 : 0.0;
  const Form& form = *era.form;
  // While the tempo bends it is that to which it goes; `tempo_steps` has each bar.
  const int bar = form.bar_after_turn(planned.start, planned.home_bar);
  brief.bar_seconds = bar * 0.01;
  brief.home_bar_seconds = planned.home_bar * 0.01;
  brief.tempo_bpm = 24'000.0 / bar;
  brief.first_bar = planned.first_bar;
  brief.form = era.form;
  brief.home = planned.home;
  brief.home_before = segment(std::max(k - 1, 0)).home;
  brief.home_after = planned.home_after;
  brief.key = form.at(planned.start, planned.phase).key_in(brief.home);
  brief.key_before = form.at(planned.start, planned.phase).key_in(brief.home_before);
  const bool is_last = k + 1 == era.segment_count;
  const Phase next_phase = is_last ? planned.phase : planned.phase_after;
  const std::int64_t next_start = planned.made_end - planned.made_overlap_out;
  brief.key_after = is_last ? brief.key : form.at(next_start, next_phase).key_in(brief.home_after);
  for (BarLines lines(form, planned.home_bar, planned.grid_start, planned.grid_bar);
       lines.line().start < planned.made_end; lines.next()) {
    const BarLine& line = lines.line();
    if (brief.tempo_steps.empty() || brief.tempo_steps.back().length != line.length) {
      brief.tempo_steps.push_back(line);
    }
  }
  brief.section = section_of(planned, k, era);
  brief.movement = name_of(form.at(planned.start, planned.phase));
  brief.tension = form.tension(middle_seconds(planned));
  brief.drawn_at = planned.drawn_at;
  return brief;
}

}  // namespace focus::core::plan
