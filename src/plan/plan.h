// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include <absl/status/status.h>

#include "plan/brief.h"
#include "plan/plan_parts.h"
#include "plan/prompt.h"
#include "plan/request.h"
#include "plan/steering.h"

namespace focus::core::plan {

/// A whole session, decided at once: where every segment starts and ends, how far neighbours
/// overlap, and what each engine is told of its segment. An immutable value, made by the planner
/// (plan/planner.h); a pure function of (request, seed, history of changes).
///
/// Steering a session gives it a new plan. The new plan keeps the segments that start before the
/// change exactly as they were planned. It plans all later segments again. It holds no reference to
/// the previous plan: each era says what its segments were planned from. A query takes constant
/// time or O(log segments), however many changes there were.
class Plan {
 public:
  /// Grows whenever the same request and seed give a different plan.
  static constexpr int kVersion = 3;

  /// For the planner. `request` is what the last of `eras` was planned from, with its prompt. There
  /// is at least one segment; the first era begins at segment 0, and each era has a segment.
  Plan(Request request, std::uint64_t seed, std::vector<PlannedSegment> segments,
       std::vector<Era> eras);

  /// Where the music may change once the listener has heard the session up to `earliest` (in
  /// hundredths of a second): the next bar line, or the next beat where bars are slow; for a change
  /// of levels alone always a bar line, for one of length alone the start of the next segment.
  std::int64_t cut_after(std::int64_t earliest, const Steering& steering) const;
  /// Whether the change leaves a session that can be planned; the error names the field.
  absl::Status check_change(const Change& change) const;

  /// The request as the last change has left it.
  const Request& request() const { return request_; }
  /// The request as it was when segment k was planned. A copy, prompt included.
  Request request_of(int k) const;
  std::uint64_t seed() const { return seed_; }
  int segment_count() const { return static_cast<int>(segments_.size()); }
  const PlannedSegment& segment(int k) const { return segments_[static_cast<std::size_t>(k)]; }
  const std::vector<PlannedSegment>& segments() const { return segments_; }
  /// From the session's start on. There are at most as many as segments.
  const std::vector<Era>& eras() const { return eras_; }
  /// What the listener hears, overlaps taken off: the target, exactly.
  double played_seconds() const { return request_.target_minutes * 60.0; }

  /// How many changes the session had seen when segment k was planned.
  int change_count_of(int k) const { return era_of(k).change_count; }
  /// How many changes the session has seen.
  int change_count() const { return eras_.back().change_count; }
  /// The first segment that the last change has planned; 0 where there was no change.
  int first_changed() const { return eras_.back().first_segment; }
  /// How many segments this plan shares with the plan that had seen `changes` changes of the same
  /// history.
  int kept_since(int changes) const;

  /// Frames at `rate` from the session's start to the first frame of segment k that is heard, and
  /// to the end of its last one. A segment that a change has cut short is made (see `brief`) longer
  /// than this.
  std::int64_t start_frame(int k, int rate) const;
  std::int64_t end_frame(int k, int rate) const;
  std::int64_t length_frames(int k, int rate) const {
    return end_frame(k, rate) - start_frame(k, rate);
  }
  /// Of the segments that are heard at a frame of the session, the one that started last.
  int segment_at(std::int64_t frame, int rate) const;
  double start_seconds(int k) const { return segment(k).start * 0.01; }
  double length_seconds(int k) const { return (end_hundredths(k) - segment(k).start) * 0.01; }
  /// Where segment k is last heard.
  std::int64_t end_hundredths(int k) const;
  /// How long segment k is made: longer than it is heard where a change has cut it short.
  std::int64_t made_hundredths(int k) const { return segment(k).made_end - segment(k).start; }
  /// The longest that a segment from number `first` on is made.
  double longest_seconds(int first = 0) const;
  /// The loudness to which segment k is brought: the session's, raised or lowered by the form.
  double target_lufs(int k) const;
  /// The key in which segment k begins.
  Key key(int k) const;
  bool has_phases() const { return request_.has_phases(); }
  Phase phase(int k) const { return segment(k).phase; }
  /// Frames for which segment k and the next are heard together; 0 for the last.
  std::int64_t overlap_out_frames(int k, int rate) const;
  /// Overlap with the segment before, in milliseconds; 0 for the first.
  int overlap_in_ms(int k) const { return segment(k).overlap_in * 10; }
  /// Overlap with the segment after, in milliseconds; 0 for the last.
  int overlap_out_ms(int k) const;
  /// Length of the session's last fade, which mastering applies to all segments it touches.
  double ending_seconds() const { return eras_.back().ending * 0.01; }

  /// What an engine is told of segment k when it plays at `rate`.
  Brief brief(int k, int rate) const;

  /// How the prompt of request() was read.
  const PromptReading& prompt_reading() const { return eras_.back().readings->work; }

 private:
  const Era& era_of(int k) const;

  Request request_;
  std::uint64_t seed_;
  std::vector<PlannedSegment> segments_;
  std::vector<Era> eras_;
  /// By segment: the longest, in hundredths of a second, that it or one after it is made.
  std::vector<std::int64_t> longest_from_;
};

}  // namespace focus::core::plan
