// SPDX-License-Identifier: MIT
#include "store/file_segment_reader.h"

#include <algorithm>

#include "base/error.h"

namespace focus::core::store {
namespace {

constexpr std::int64_t kEncodedBlock = 8192;  // frames between two looks at the cancel token

}  // namespace

absl::StatusOr<std::int64_t> FileSegmentReader::read(std::int64_t first_frame,
                                                     audio::AudioView out) {
  if (first_frame != next_frame_) FOCUS_RETURN_IF_ERROR(file_->seek(first_frame));
  FOCUS_ASSIGN_OR_RETURN(const std::int64_t count, file_->read(out));
  next_frame_ = first_frame + count;
  return count;
}

absl::Status encode_segment(const audio::AudioBuffer& audio, const CancelToken& cancel,
                            audio::AudioFileWriter& file) {
  for (std::int64_t at = 0; at < audio.frames(); at += kEncodedBlock) {
    if (cancel.cancelled()) return cancelled_error();
    const std::int64_t count = std::min(kEncodedBlock, audio.frames() - at);
    FOCUS_RETURN_IF_ERROR(file.write(audio.view().subview(at, count)));
  }
  return absl::OkStatus();
}

}  // namespace focus::core::store
