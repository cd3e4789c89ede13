// SPDX-License-Identifier: MIT
#include "plan/chapters.h"

#include <algorithm>
#include <utility>

#include <absl/strings/str_cat.h>

namespace focus::core::plan {
namespace {

/// Collects chapters while the movements go by.
class ChapterList {
 public:
  explicit ChapterList(bool has_phases) : has_phases_(has_phases) {}

  void add(const Movement& movement, std::int64_t start, Key key) {
    if (has_phases_ && (chapters_.empty() || movement.phase != phase_)) {
      ++(movement.phase == Phase::work ? works_ : breaks_);
    }
    phase_ = movement.phase;
    std::string title = title_of(movement, key);
    if (!chapters_.empty() && chapters_.back().title == title) return;  // it goes on
    chapters_.push_back({start, std::move(title)});
  }
  std::vector<Chapter> take() { return std::move(chapters_); }

 private:
  std::string title_of(const Movement& movement, Key key) const {
    if (has_phases_ && movement.phase == Phase::break_) return absl::StrCat("Break ", breaks_);
    if (has_phases_) return absl::StrCat("Work ", works_, ", movement ", name_of(movement));
    return absl::StrCat("Movement ", name_of(movement), " (", describe(key), ")");
  }

  const bool has_phases_;
  Phase phase_ = Phase::work;
  int works_ = 0, breaks_ = 0;
  std::vector<Chapter> chapters_;
};

}  // namespace

std::vector<Chapter> chapters_of(const Plan& plan) {
  ChapterList chapters(plan.has_phases());
  const std::vector<Era>& eras = plan.eras();
  for (std::size_t e = 0; e < eras.size(); ++e) {
    const std::int64_t from = plan.segment(eras[e].first_segment).start;
    const std::int64_t to =
        e + 1 < eras.size() ? plan.segment(eras[e + 1].first_segment).start : eras.back().target();
    for (const Movement& movement : eras[e].form->movements()) {
      const std::int64_t start = std::max(movement.start, from);
      if (start >= std::min(movement.end, to)) continue;
      const int segment = plan.segment_at(start, 100);
      chapters.add(movement, start, movement.key_in(plan.segment(segment).home));
    }
  }
  return chapters.take();
}

}  // namespace focus::core::plan
