// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <memory>

#include <absl/status/status.h>
#include <absl/status/statusor.h>

#include "session/session.h"

namespace focus::core::session {

/// A ready segment, opened.
struct HeardSegment {
  ReadySegment segment;
  std::unique_ptr<store::SegmentReader> reader;
  /// How much of it is heard: less than the reader has where a change has cut it short.
  std::int64_t frames = 0;
};
/// A conflict where the session was steered meanwhile: the caller may look again.
absl::StatusOr<HeardSegment> open_heard(const Session& session, int index);

/// How often a caller looks again when the session is steered while it looks.
inline constexpr int kLooks = 8;
/// The error once it has looked that often.
absl::Status steered_just_now();

}  // namespace focus::core::session
