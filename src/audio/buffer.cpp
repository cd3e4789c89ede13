// SPDX-License-Identifier: MIT
#include "audio/buffer.h"

namespace focus::core::audio {

void interleave(ConstAudioView from, float* to) {
  const int channels = from.channel_count();
  for (int c = 0; c < channels; ++c) {
    const float* samples = from.channel(c);
    for (std::int64_t i = 0; i < from.frames(); ++i) to[i * channels + c] = samples[i];
  }
}

void deinterleave(const float* from, AudioView to) {
  const int channels = to.channel_count();
  for (int c = 0; c < channels; ++c) {
    float* samples = to.channel(c);
    for (std::int64_t i = 0; i < to.frames(); ++i) samples[i] = from[i * channels + c];
  }
}

}  // namespace focus::core::audio
