// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <vector>

#include "plan/phases.h"
#include "plan/plan.h"

namespace focus::core::plan {

/// Length, in hundredths of a second, of the first segment after a change of the music. It is
/// short, so that it is made soon.
inline constexpr std::int64_t kSoonSegment = 4000;

/// A plan in the making, which the steps of the planner fill in one after the other. Times are
/// whole hundredths of a second.
///
/// `segments` holds those that are kept from the plan before, then those that are planned now. The
/// kept ones are final. A step reads them, since the music goes on from there, and writes only from
/// `kept` on.
struct Draft {
  std::uint64_t seed = 0;
  Request request;
  std::shared_ptr<const Readings> readings;
  std::shared_ptr<Form> form;  ///< its movements get their bars by lay_out

  // Where a change is planned; else null and false.
  const Plan* before = nullptr;
  bool changes_music = false;    ///< and not the length alone
  bool plays_new_piece = false;  ///< work has another goal, intensity or prompt than before

  int kept = 0;
  std::vector<PlannedSegment> segments;
  /// Of each new segment: where its part without the overlap is to end, before bar lines are
  /// sought. The first entry belongs to segment `kept`.
  std::vector<std::int64_t> wanted_ends;

  // Written by lay_out; see Era.
  int ending = 0;
  int cadence = 0;

  int segment_count() const { return static_cast<int>(segments.size()); }
  PlannedSegment& segment(int k) { return segments[static_cast<std::size_t>(k)]; }
  const PlannedSegment& segment(int k) const { return segments[static_cast<std::size_t>(k)]; }
  std::int64_t wanted_end(int k) const { return wanted_ends[static_cast<std::size_t>(k - kept)]; }
  std::int64_t target() const { return request.target_minutes * std::int64_t{6000}; }
};

/// For each phase the number of its last segment so far, or -1: there its piece goes on. The steps
/// that walk over the new segments begin with what is kept and note each segment as they go.
class LastOfPhase {
 public:
  explicit LastOfPhase(const Draft& draft) {
    last_.fill(-1);
    for (int k = 0; k < draft.kept; ++k) note(draft.segment(k).phase, k);
  }
  int operator[](Phase phase) const { return last_[static_cast<std::size_t>(phase)]; }
  void note(Phase phase, int k) { last_[static_cast<std::size_t>(phase)] = k; }

 private:
  std::array<int, kPhaseCount> last_;
};

}  // namespace focus::core::plan
