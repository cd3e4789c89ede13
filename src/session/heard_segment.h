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
/// A conflict where the session was steered meanwhile: the caller may look again. A segment whose
/// audio is lost is made again, and this call returns why.
absl::StatusOr<HeardSegment> open_heard(Session& session, int index);

/// Whether this error of opening a ready segment says that its audio is gone for good: no such
/// file, or not the content that was kept.
bool is_lost(const absl::Status& status);

/// How often a caller looks again when the session is steered while it looks.
inline constexpr int kLooks = 8;
/// The error once it has looked that often.
absl::Status steered_just_now();

}  // namespace focus::core::session
