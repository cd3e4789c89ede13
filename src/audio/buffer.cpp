// SPDX-License-Identifier: MIT
#include "audio/buffer.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace focus::core::audio {

void AudioBuffer::lengthen(std::int64_t frames) {
  AudioBuffer longer(channel_count_, frames, sample_rate_);
  for (int c = 0; c < channel_count_; ++c) {
    std::ranges::copy(samples(c), longer.samples(c).begin());
  }
  *this = std::move(longer);
}

std::optional<WildSample> find_wild_sample(ConstAudioView audio) {
  for (int c = 0; c < audio.channel_count(); ++c) {
    for (std::int64_t i = 0; i < audio.frames(); ++i) {
      if (!std::isfinite(audio.channel(c)[i])) return WildSample{i, c, audio.channel(c)[i]};
    }
  }
  return std::nullopt;
}

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
