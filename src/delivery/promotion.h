// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include <absl/status/statusor.h>

#include "delivery/encoded_cache.h"
#include "session/service.h"

namespace focus::core::delivery {

struct Promotion {
  store::TrackRecord track;
  bool is_new = false;  ///< false where the segment was promoted before: that track
};

/// Makes a ready segment a track, which outlives its session. A segment has one track, however
/// often it is promoted; a segment that has replaced another after a change has a track of its own.
/// An empty title stands for one that is made ("Focus, part 3"); the file of the track tells it
/// too. `cache` may be null, see segment_bytes.
absl::StatusOr<Promotion> promote_segment(session::Service& service, session::Session& session,
                                          int index, const std::string& title,
                                          EncodedCache* cache = nullptr);

}  // namespace focus::core::delivery
