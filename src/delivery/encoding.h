// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>

#include <absl/status/status.h>

#include "audio/file.h"
#include "store/store.h"

namespace focus::core {

inline constexpr int kEncodedChannels = 2;

/// The first `frames` of a segment, appended to what is written.
absl::Status encode_samples(SegmentReader& from, std::int64_t frames, int sample_rate,
                            AudioFileWriter& to);

}  // namespace focus::core
