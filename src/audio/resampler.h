// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <memory>

#include <absl/status/status.h>
#include <absl/status/statusor.h>

#include "audio/buffer.h"
#include "base/cancel.h"

struct SRC_STATE_tag;  // libsamplerate's state

namespace focus::core {

/// How steep and how clean; each better one costs about three times the one before it. `medium`
/// passes 90 % of the band with a noise floor of -121 dB.
enum class ResamplerQuality { fast, medium, best };

/// Changes the rate of a stream, block after block, with no net delay: what goes in at time t comes
/// out at time t, later by what the filter has to look ahead. Between equal rates it copies.
class StreamResampler {
 public:
  /// Rates within a factor of 256 of each other, 1 to 8 channels.
  static absl::StatusOr<StreamResampler> create(int channel_count, int from_rate, int to_rate,
                                                ResamplerQuality quality);

  struct Progress {
    std::int64_t consumed = 0;  ///< frames of the input that need not be given again
    std::int64_t produced = 0;  ///< frames of the output that are filled
  };

  /// Takes from `in` and fills `out`, both interleaved, as far as the smaller allows. After the
  /// last input, call on with `end_of_input` (in_frames may be 0) until nothing is produced.
  /// Allocates nothing and never fails. [audio-thread]
  Progress process(const float* in, std::int64_t in_frames, float* out, std::int64_t out_frames,
                   bool end_of_input = false);

  /// Forgets what it has heard, for a seek. [audio-thread]
  void reset();

  int channel_count() const { return channel_count_; }
  /// to_rate / from_rate.
  double ratio() const { return ratio_; }

 private:
  struct Delete {
    void operator()(SRC_STATE_tag* state) const;
  };

  StreamResampler(int channel_count, double ratio, SRC_STATE_tag* state)
      : channel_count_(channel_count), ratio_(ratio), state_(state) {}

  int channel_count_;
  double ratio_;
  std::unique_ptr<SRC_STATE_tag, Delete> state_;  ///< null between equal rates
};

/// All of `audio` at another rate, exactly `frames` long (cut, or continued with silence), with no
/// net delay.
absl::StatusOr<AudioBuffer> resample(const AudioBuffer& audio, int to_rate, std::int64_t frames,
                                     const CancelToken& cancel,
                                     ResamplerQuality quality = ResamplerQuality::medium);

/// The length that `frames` at one rate have at another, rounded to the nearest.
std::int64_t resampled_frames(std::int64_t frames, int from_rate, int to_rate);

}  // namespace focus::core
