// SPDX-License-Identifier: MIT
#include "session/heard_segment.h"

#include <algorithm>
#include <utility>

#include "base/error.h"

namespace focus::core::session {

absl::StatusOr<HeardSegment> open_heard(Session& session, int index) {
  HeardSegment heard;
  FOCUS_ASSIGN_OR_RETURN(heard.segment, session.ready_segment(index));
  auto reader = session.open_segment(heard.segment);
  if (session.plan() != heard.segment.plan) return steered_just_now();
  if (is_lost(reader.status())) session.lose_segment(index, reader.status());
  if (!reader.ok()) return reader.status();
  heard.reader = *std::move(reader);
  heard.frames = std::min(heard.reader->frames(), heard.segment.heard_frames);
  return heard;
}

bool is_lost(const absl::Status& status) {
  return has_fault(status, Fault::file_missing) || has_fault(status, Fault::bad_data);
}

absl::Status steered_just_now() {
  return conflict("index", "the session was steered just now; look at it again");
}

}  // namespace focus::core::session
