// SPDX-License-Identifier: MIT
#include "delivery/encoding.h"

#include <algorithm>
#include <utility>

#include "base/error.h"

namespace focus::core::delivery {
namespace {

constexpr std::int64_t kBlock = 65'536;

}  // namespace

absl::Status encode_samples(store::SegmentReader& from, std::int64_t frames, int sample_rate,
                            audio::AudioFileWriter& to) {
  audio::AudioBuffer block(audio::kChannels, std::min(kBlock, frames), sample_rate);
  for (std::int64_t at = 0; at < frames;) {
    const audio::AudioView part = block.view().subview(0, std::min(block.frames(), frames - at));
    FOCUS_ASSIGN_OR_RETURN(const std::int64_t count, from.read(at, part));
    if (count == 0)
      return fault_error(Fault::bad_data, "a segment's file ends before its planned length");
    FOCUS_RETURN_IF_ERROR(to.write(std::as_const(block).view().subview(0, count)));
    at += count;
  }
  return absl::OkStatus();
}

}  // namespace focus::core::delivery
