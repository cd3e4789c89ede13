// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>

#include "plan/form.h"
#include "plan/plan_parts.h"

namespace focus::core::plan {

/// Counts the bar lines of a piece, one after another. The length of a bar depends only on where it
/// begins, so two segments of a piece have the same lines from any line on that both have.
class BarLines {
 public:
  BarLines(const Form& form, int home_bar, std::int64_t start, std::int64_t number)
      : form_(form), home_bar_(home_bar), line_{number, start, form.bar_at(start, home_bar)} {}
  /// From the first bar of a segment on.
  BarLines(const Form& form, const PlannedSegment& segment)
      : BarLines(form, segment.home_bar, segment.start, segment.first_bar) {}

  const BarLine& line() const { return line_; }
  void next() {
    line_.start += line_.length;
    line_.length = form_.bar_at(line_.start, home_bar_);
    ++line_.number;
  }

 private:
  const Form& form_;
  int home_bar_;
  BarLine line_;
};

}  // namespace focus::core::plan
