// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <memory>
#include <utility>

#include "store/segment_shelf.h"

namespace focus::core::store {

/// Reads a segment that is kept as samples.
class MemorySegmentReader final : public SegmentReader {
 public:
  explicit MemorySegmentReader(std::shared_ptr<const audio::AudioBuffer> audio)
      : audio_(std::move(audio)) {}

  std::int64_t frames() const override { return audio_->frames(); }
  absl::StatusOr<std::int64_t> read(std::int64_t first_frame, audio::AudioView out) override {
    const std::int64_t count = std::clamp<std::int64_t>(frames() - first_frame, 0, out.frames());
    for (int c = 0; c < out.channel_count(); ++c) {
      std::copy_n(audio_->samples(c).begin() + first_frame, count, out.channel(c));
    }
    return count;
  }

 private:
  std::shared_ptr<const audio::AudioBuffer> audio_;
};

}  // namespace focus::core::store
