// SPDX-License-Identifier: MIT
#pragma once

#include <memory>

#include "audio/file.h"
#include "base/cancel.h"
#include "store/segment_shelf.h"

namespace focus::core::store {

/// Reads a segment that is kept as a file.
class FileSegmentReader final : public SegmentReader {
 public:
  explicit FileSegmentReader(std::unique_ptr<audio::AudioFileReader> file)
      : file_(std::move(file)) {}

  std::int64_t frames() const override { return file_->info().frames; }
  absl::StatusOr<std::int64_t> read(std::int64_t first_frame, audio::AudioView out) override;

 private:
  std::unique_ptr<audio::AudioFileReader> file_;
  std::int64_t next_frame_ = 0;
};

/// Writes all of a segment's audio; the cancelled error where `cancel` was set meanwhile.
absl::Status encode_segment(const audio::AudioBuffer& audio, const CancelToken& cancel,
                            audio::AudioFileWriter& file);

}  // namespace focus::core::store
