// SPDX-License-Identifier: MIT
#pragma once

#include <absl/status/statusor.h>

#include "base/log.h"
#include "session/job.h"

namespace focus::core::session {

/// The key of the dither of a segment's 16-bit samples.
std::uint64_t dither_seed(const plan::Plan& plan, int index);

/// Makes a claimed segment: claims it in the store, holds its price, briefs the engine (or what
/// stands in for it), resamples to the session's rate, masters, and keeps it. Runs on the calling
/// thread. Returns the record of a segment that is ready, the cancelled error or a conflict where
/// the segment was given up, or why it can not be had. The caller ends the claim
/// (SegmentWork::complete). After an error that may pass (SegmentWork::is_passing) it may be called
/// again with the same job, and goes on from what was made already.
absl::StatusOr<store::SegmentRecord> produce_segment(Job& job, const Log& log);

}  // namespace focus::core::session
