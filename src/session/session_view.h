// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include <absl/status/status.h>

#include "audio/buffer.h"
#include "plan/plan.h"
#include "store/records.h"

namespace focus::core::session {

enum class SessionStatus { active, ended, stopped_cap };
std::string_view name_of(SessionStatus status);

/// Whether a segment can be had.
enum class Readiness {
  ready,
  pending,
  never  ///< the session was ended or stopped, has failed, or is shorter
};

/// A session at one moment, for a caller that shows it.
struct SessionView {
  store::SessionRecord record;  ///< its request is today's: as the last steering has left it
  std::shared_ptr<const plan::Plan> plan;
  SessionStatus status = SessionStatus::active;
  int ready_count = 0;  ///< ready from the first on, without a gap
  std::vector<std::shared_ptr<const store::SegmentRecord>>
      segments;                               ///< by index; null until ready
  std::optional<std::int64_t> next_ready_at;  ///< Unix seconds
  std::int64_t spent_micros = 0;              ///< what its segments have cost, in millionths

  bool more_pending() const { return status == SessionStatus::active; }
};

/// A ready segment, with the plan it belongs to.
struct ReadySegment {
  std::shared_ptr<const store::SegmentRecord> record;
  std::shared_ptr<const audio::AudioBuffer>
      audio;  ///< where the store could not keep it; else null
  std::shared_ptr<const plan::Plan> plan;
  int changes = 0;  ///< how many changes the session's history had
  /// How much of it is heard: less than there is where a change has cut it short.
  std::int64_t heard_frames = 0;
};

/// The error for an index that the plan does not have; it names the field "index".
absl::Status check_index(const plan::Plan& plan, int index);

}  // namespace focus::core::session
