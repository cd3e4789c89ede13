// SPDX-License-Identifier: MIT
#include "audio/dither.h"

#include "base/random.h"

namespace focus::core::audio {
namespace {

// Full scale is 2^15 (2^23) steps, so that a file has the same level after it is read back.
constexpr double kScale16 = 32768.0;
constexpr double kScale24 = 8388608.0;

/// Rounds to the nearest integer and clips to [-scale, scale - 1]. Adding `scale` makes the number
/// positive, so that the conversion to an integer, which truncates, rounds down.
std::int32_t round_and_clip(double steps, double scale) {
  if (steps != steps) return 0;  // NaN
  if (steps >= scale - 1.0) return static_cast<std::int32_t>(scale) - 1;
  if (steps <= -scale) return -static_cast<std::int32_t>(scale);
  return static_cast<std::int32_t>(steps + (scale + 0.5)) - static_cast<std::int32_t>(scale);
}

/// The sum of two independent uniform values within +-0.5, both taken from one 64-bit random
/// number.
double triangular(std::uint64_t bits) {
  const double sum = static_cast<double>(bits >> 32) + static_cast<double>(bits & 0xFFFFFFFFULL);
  return sum * 0x1.0p-32 - 1.0;
}

}  // namespace

Dither::Dither(std::uint64_t seed) {
  const Random stream = Random(seed).fork("dither");
  for (std::size_t c = 0; c < keys_.size(); ++c) keys_[c] = stream.fork(c).bits();
}

void Dither::quantise(ConstAudioView from, std::int64_t first_frame, std::int16_t* to) const {
  const int channels = from.channel_count();
  for (int c = 0; c < channels; ++c) {
    const float* samples = from.channel(c);
    const std::uint64_t key =
        keys_[static_cast<std::size_t>(c)] + static_cast<std::uint64_t>(first_frame);
    for (std::int64_t i = 0; i < from.frames(); ++i) {
      double steps = static_cast<double>(samples[i]) * kScale16;
      if (steps != static_cast<double>(round_and_clip(steps, kScale16))) {
        steps += triangular(Random(key + static_cast<std::uint64_t>(i)).bits());
      }
      to[i * channels + c] = static_cast<std::int16_t>(round_and_clip(steps, kScale16));
    }
  }
}

void dequantise(const std::int16_t* from, AudioView to) {
  const int channels = to.channel_count();
  for (int c = 0; c < channels; ++c) {
    float* samples = to.channel(c);
    for (std::int64_t i = 0; i < to.frames(); ++i) {
      samples[i] = static_cast<float>(from[i * channels + c]) * 0x1.0p-15f;
    }
  }
}

void quantise24(ConstAudioView from, std::int32_t* to) {
  const int channels = from.channel_count();
  for (int c = 0; c < channels; ++c) {
    const float* samples = from.channel(c);
    for (std::int64_t i = 0; i < from.frames(); ++i) {
      const double steps = static_cast<double>(samples[i]) * kScale24;
      to[i * channels + c] = round_and_clip(steps, kScale24) * 256;
    }
  }
}

void dequantise24(const std::int32_t* from, AudioView to) {
  const int channels = to.channel_count();
  for (int c = 0; c < channels; ++c) {
    float* samples = to.channel(c);
    for (std::int64_t i = 0; i < to.frames(); ++i) {
      samples[i] = static_cast<float>(from[i * channels + c]) * 0x1.0p-31f;
    }
  }
}

}  // namespace focus::core::audio
