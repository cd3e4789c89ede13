// SPDX-License-Identifier: MIT
#include "session/replay.h"

#include <algorithm>
#include <utility>

#include "plan/planner.h"

namespace focus::core::session {

std::shared_ptr<const plan::Plan> replay(std::shared_ptr<const plan::Plan> plan,
                                         const std::vector<plan::Change>& history,
                                         std::size_t known) {
  for (std::size_t k = known; k < history.size(); ++k) {
    if (!plan->check_change(history[k]).ok()) continue;
    plan = std::make_shared<const plan::Plan>(steered(*plan, history[k]));
  }
  return plan;
}

std::shared_ptr<const plan::Plan> replay(const store::SessionRecord& record) {
  return replay(std::make_shared<const plan::Plan>(planned(record.request, *record.request.seed)),
                record.history, 0);
}

SessionView view_of(store::SessionRecord record, std::vector<store::SegmentRecord> ready,
                    std::int64_t spent_micros) {
  SessionView view;
  view.plan = replay(record);
  record.request = view.plan->request();
  const int count = view.plan->segment_count();
  view.segments.resize(static_cast<std::size_t>(count));
  // Segments of another plan would not fit; they are made again when the session is opened.
  const bool fits = record.plan_version == plan::Plan::kVersion;
  for (store::SegmentRecord& segment : ready) {
    if (!fits || segment.index < 0 || segment.index >= count) continue;
    const auto index = static_cast<std::size_t>(segment.index);
    view.segments[index] = std::make_shared<const store::SegmentRecord>(std::move(segment));
  }
  while (view.ready_count < count && view.segments[static_cast<std::size_t>(view.ready_count)]) {
    ++view.ready_count;
  }
  const bool is_complete = std::all_of(view.segments.begin(), view.segments.end(),
                                       [](const auto& segment) { return segment != nullptr; });
  view.status = record.stopped_cap            ? SessionStatus::stopped_cap
                : record.ended || is_complete ? SessionStatus::ended
                                              : SessionStatus::active;
  view.spent_micros = spent_micros;
  view.record = std::move(record);
  return view;
}

}  // namespace focus::core::session
