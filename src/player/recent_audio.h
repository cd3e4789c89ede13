// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <cstdint>

#include "audio/buffer.h"

namespace focus::core::player {

/// The last moments of a stream, as they were given to the listener. Used by the feeder thread of a
/// live player alone; allocates only when it is made.
class RecentAudio {
 public:
  RecentAudio(int channel_count, std::int64_t frames, int sample_rate)
      : audio_(channel_count, frames, sample_rate) {}

  void add(audio::ConstAudioView given) {
    for (std::int64_t done = 0; done < given.frames();) {
      const std::int64_t at = given_ % audio_.frames();
      const std::int64_t count = std::min(audio_.frames() - at, given.frames() - done);
      for (int c = 0; c < given.channel_count(); ++c) {
        std::copy_n(given.channel(c) + done, count, audio_.samples(c).begin() + at);
      }
      done += count;
      given_ += count;
    }
  }

  bool empty() const { return given_ == 0; }

  /// Fills `to` with what was given from `frames_ago` frames before now on. `frames_ago` must not
  /// exceed the length that is kept, nor `to` what was given since then. Where less was given than
  /// that, the first frame stands for what is missing.
  void copy(std::int64_t frames_ago, audio::AudioView to) const {
    for (std::int64_t i = 0; i < to.frames(); ++i) {
      const std::int64_t number = std::max<std::int64_t>(given_ - frames_ago + i, 0);
      const auto at = static_cast<std::size_t>(number % audio_.frames());
      for (int c = 0; c < to.channel_count(); ++c) to.channel(c)[i] = audio_.samples(c)[at];
    }
  }

 private:
  audio::AudioBuffer audio_;  // frame number n of all that was given stands at n modulo its length
  std::int64_t given_ = 0;
};

}  // namespace focus::core::player
