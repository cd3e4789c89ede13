// SPDX-License-Identifier: MIT
#pragma once

#include <absl/status/statusor.h>

#include "base/log.h"
#include "session/session.h"

namespace focus::core {

/// What the noise of a segment's 16-bit samples is keyed by.
std::uint64_t dither_seed(const Plan& plan, int index);

/// The road of one segment: its price, brief, engine (or what stands in for it), the session's
/// rate, mastering, store. Runs on the calling thread; returns the record of a segment that is
/// ready, the cancelled error, or why it can not be had.
absl::StatusOr<SegmentRecord> produce_segment(Session& session, Session::Claim& claim,
                                              const Log& log);

}  // namespace focus::core
