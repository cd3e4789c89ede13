// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include <absl/status/statusor.h>

#include "session/service.h"

namespace focus::core {

struct Promotion {
  TrackRecord track;
  bool is_new = false;  ///< false where the segment was promoted before: that track
};

/// Makes a ready segment a track, which outlives its session. A segment has one track, whoever asks
/// and however often; one that has replaced another after a change has a track of its own. "" as
/// the title gives it one ("Focus, part 3").
absl::StatusOr<Promotion> promote_segment(Service& service, Session& session, int index,
                                          const std::string& title);

}  // namespace focus::core
