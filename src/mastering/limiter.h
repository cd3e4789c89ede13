// SPDX-License-Identifier: MIT
#pragma once

#include <absl/status/statusor.h>

#include "audio/buffer.h"
#include "base/cancel.h"

namespace focus::core::mastering {

struct Limited {
  bool limited = false;             ///< whether any sample was changed
  double deepest_reduction_db = 0;  ///< >= 0; summed over the passes, hence an upper bound
};

/// Limits `audio` to a true-peak ceiling (ITU-R BS.1770-4, annex 2: four times oversampled), in
/// place and without a delay. All channels get the same gain, so that the stereo image does not
/// move. The gain begins to fall smoothly 5 ms before a peak, is low enough at the peak, and
/// recovers over about 120 ms. Samples at which the gain is 1 are not changed at all; these are all
/// samples if no peak exceeds the ceiling.
absl::StatusOr<Limited> limit_true_peak(audio::AudioView audio, int sample_rate,
                                        double ceiling_dbtp, const CancelToken& cancel);

}  // namespace focus::core::mastering
