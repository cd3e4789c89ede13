// SPDX-License-Identifier: MIT
#include "session/heard_segment.h"

#include <algorithm>

#include "base/error.h"

namespace focus::core::session {

absl::StatusOr<HeardSegment> open_heard(const Session& session, int index) {
  HeardSegment heard;
  FOCUS_ASSIGN_OR_RETURN(heard.segment, session.ready_segment(index));
  FOCUS_ASSIGN_OR_RETURN(heard.reader, session.open_segment(heard.segment));
  if (session.plan() != heard.segment.plan) return steered_just_now();
  heard.frames = std::min(heard.reader->frames(), heard.segment.heard_frames);
  return heard;
}

absl::Status steered_just_now() {
  return conflict("index", "the session was steered just now; look at it again");
}

}  // namespace focus::core::session
