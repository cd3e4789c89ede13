// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <memory>

#include <absl/status/status.h>
#include <absl/status/statusor.h>

#include "audio/buffer.h"
#include "base/cancel.h"

struct SRC_STATE_tag;  // libsamplerate's state

namespace focus::core::audio {

/// The steepness and noise floor of the filter. Each level costs about three times as much as the
/// one before. `medium` passes 90 % of the band and has a noise floor of -121 dB.
enum class ResamplerQuality { fast, medium, best };

/// Changes the sample rate of a stream in blocks, without a net delay: the output at time t
/// corresponds to the input at time t. The output lags behind the input only by the filter's
/// look-ahead. If both rates are equal, the samples are copied.
class StreamResampler {
 public:
  /// `from_rate` and `to_rate` must be within a factor of 256 of each other; 1 to 8 channels.
  static absl::StatusOr<StreamResampler> create(int channel_count, int from_rate, int to_rate,
                                                ResamplerQuality quality);

  struct Progress {
    std::int64_t consumed = 0;  ///< input frames that must not be passed again
    std::int64_t produced = 0;  ///< output frames that were written
  };

  /// Consumes frames of `in` and fills `out`, both interleaved, until one of them is exhausted.
  /// After the last input, call it repeatedly with `end_of_input` (in_frames may be 0) until
  /// nothing is produced. Does not allocate and cannot fail. [audio-thread]
  Progress process(const float* in, std::int64_t in_frames, float* out, std::int64_t out_frames,
                   bool end_of_input = false);

  /// Discards the filter's state, for a seek. [audio-thread]
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
  std::unique_ptr<SRC_STATE_tag, Delete> state_;  ///< null if both rates are equal
};

/// Resamples all of `audio` without a net delay. The result is exactly `frames` long: cut, or
/// padded with silence.
absl::StatusOr<AudioBuffer> resample(const AudioBuffer& audio, int to_rate, std::int64_t frames,
                                     const CancelToken& cancel,
                                     ResamplerQuality quality = ResamplerQuality::medium);

/// The length of `frames` frames after resampling, rounded to the nearest frame.
std::int64_t resampled_frames(std::int64_t frames, int from_rate, int to_rate);

}  // namespace focus::core::audio
