// SPDX-License-Identifier: MIT
#include "player/deck.h"

#include "base/error.h"

namespace focus::core::player {

absl::Status Deck::read(std::int64_t frame, audio::AudioView out) {
  std::int64_t done = 0;
  while (done < out.frames()) {
    FOCUS_ASSIGN_OR_RETURN(
        const std::int64_t count,
        reader->read(frame - start + done, out.subview(done, out.frames() - done)));
    if (count == 0) {
      return fault_error(Fault::bad_data, "a segment's file ends before its planned length");
    }
    done += count;
  }
  if (polarity == 1.0f) return absl::OkStatus();
  for (int c = 0; c < out.channel_count(); ++c) {
    for (float& sample : out.samples(c)) sample *= polarity;
  }
  return absl::OkStatus();
}

void Join::render(std::int64_t frame, audio::AudioView out) const {
  const std::int64_t at = frame - start;
  transition.mix_crossfade(old_tail.view().subview(at, out.frames()),
                           new_head.view().subview(at, out.frames()), at, out);
}

}  // namespace focus::core::player
