// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>

#include <absl/status/status.h>

#include "audio/file.h"
#include "store/store.h"

namespace focus::core::delivery {

/// The first `frames` of a segment, appended to what is written.
absl::Status encode_samples(store::SegmentReader& from, std::int64_t frames, int sample_rate,
                            audio::AudioFileWriter& to);

}  // namespace focus::core::delivery
