// SPDX-License-Identifier: MIT
#include "player/deck.h"

#include "base/error.h"

namespace focus::core::player {

absl::Status Deck::read(std::int64_t frame, audio::AudioView out) const {
  std::int64_t done = 0;
  while (done < out.frames()) {
    FOCUS_ASSIGN_OR_RETURN(
        const std::int64_t count,
        reader->read(frame - start + done, out.subview(done, out.frames() - done)));
    if (count == 0)
      return fault_error(Fault::bad_data, "a segment's file ends before its planned length");
    done += count;
  }
  if (polarity == 1.0f) return absl::OkStatus();
  for (int c = 0; c < out.channel_count(); ++c) {
    for (float& sample : out.samples(c)) sample *= polarity;
  }
  return absl::OkStatus();
}

}  // namespace focus::core::player
