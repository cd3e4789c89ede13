// SPDX-License-Identifier: MIT
#include "mastering/modulation.h"

#include <algorithm>
#include <cstddef>
#include <numeric>
#include <span>
#include <vector>

#include "dsp/filters.h"
#include "dsp/flush_denormals.h"
#include "dsp/math.h"

namespace focus::core::mastering {
namespace {

constexpr int kRateHertz = 16;
constexpr double kCrossoverHertz = 200.0;
constexpr double kButterworth = 0.70710678118654752;
// After this time a 200 Hz high-pass has decayed below the resolution of 32 bits.
constexpr double kMemorySeconds = 0.05;
constexpr std::int64_t kFramesPerBlock = std::int64_t{1} << 15;

/// The share that is removed from each frame, as a table over the shortest whole number of frames
/// that contains a whole number of modulation periods. Its first entry belongs to the first frame
/// of the session.
std::vector<float> modulator(int sample_rate, double depth) {
  std::vector<float> taken(
      static_cast<std::size_t>(sample_rate / std::gcd(kRateHertz, sample_rate)));
  for (std::size_t i = 0; i < taken.size(); ++i) {
    const auto phase = static_cast<std::int64_t>(i) * kRateHertz % sample_rate;
    const double turns = static_cast<double>(phase) / sample_rate;
    taken[i] = static_cast<float>(depth * (0.5 - 0.5 * dsp::cosine_turns(turns)));
  }
  return taken;
}

/// Modulates one channel. The high-pass runs over the channel forwards and then over each block
/// backwards, which cancels its phase. The backward run begins `memory` frames after the block, so
/// that it has settled when it reaches the block.
absl::Status modulate_channel(std::span<float> samples, const dsp::Svf& highpass,
                              std::int64_t memory, std::span<const float> taken, std::size_t at,
                              const CancelToken& cancel) {
  const auto frames = static_cast<std::int64_t>(samples.size());
  dsp::Svf forwards = highpass;
  std::vector<float> high(static_cast<std::size_t>(std::min(kFramesPerBlock + memory, frames)));
  std::int64_t filled = 0;  // frames of `high` that are computed; `high` begins at the block
  for (std::int64_t block = 0; block < frames; block += kFramesPerBlock) {
    if (cancel.cancelled()) return cancelled_error();
    const std::int64_t end = std::min(kFramesPerBlock + memory, frames - block);
    const std::int64_t count = std::min(kFramesPerBlock, end);
    for (; filled < end; ++filled) {
      high[static_cast<std::size_t>(filled)] =
          forwards.highpass(samples[static_cast<std::size_t>(block + filled)]);
    }
    const auto kept = static_cast<std::ptrdiff_t>(count);
    const std::vector<float> ahead(high.begin() + kept, high.begin() + end);
    dsp::Svf backwards = highpass;
    for (auto i = static_cast<std::size_t>(end); i-- > 0;) high[i] = backwards.highpass(high[i]);
    for (std::int64_t i = 0; i < count; ++i) {
      samples[static_cast<std::size_t>(block + i)] -= taken[at] * high[static_cast<std::size_t>(i)];
      if (++at == taken.size()) at = 0;
    }
    std::copy(ahead.begin(), ahead.end(), high.begin());
    filled = end - count;
  }
  return absl::OkStatus();
}

}  // namespace

absl::Status modulate(audio::AudioView audio, int sample_rate, std::int64_t session_frame,
                      double depth, const CancelToken& cancel) {
  if (!(depth > 0.0)) return absl::OkStatus();
  const dsp::FlushDenormals flush;
  const std::vector<float> taken = modulator(sample_rate, depth);
  const auto at = static_cast<std::size_t>(session_frame) % taken.size();
  dsp::Svf highpass;
  highpass.set(kCrossoverHertz, kButterworth, sample_rate);
  const auto memory = static_cast<std::int64_t>(kMemorySeconds * sample_rate);
  for (int c = 0; c < audio.channel_count(); ++c) {
    if (absl::Status status =
            modulate_channel(audio.samples(c), highpass, memory, taken, at, cancel);
        !status.ok()) {
      return status;
    }
  }
  return absl::OkStatus();
}

}  // namespace focus::core::mastering
