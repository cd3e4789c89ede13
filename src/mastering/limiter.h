// SPDX-License-Identifier: MIT
#pragma once

#include <absl/status/statusor.h>

#include "audio/buffer.h"
#include "base/cancel.h"

namespace focus::core {

struct Limited {
  bool limited = false;             ///< whether any sample was changed
  double deepest_reduction_db = 0;  ///< the most that was taken away, >= 0
};

/// Brings `audio` under a true-peak ceiling, in place and without delay. All channels get the same
/// gain, which begins to fall 5 ms before a peak, without a corner, is low enough at the peak, and
/// recovers over about 120 ms. Where that gain is 1, and so everywhere if nothing passes the
/// ceiling, the samples stay as they are, bit for bit. Peaks are found at four times the rate.
absl::StatusOr<Limited> limit_true_peak(AudioView audio, int sample_rate, double ceiling_dbtp,
                                        const CancelToken& cancel);

}  // namespace focus::core
