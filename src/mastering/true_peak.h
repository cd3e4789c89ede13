// SPDX-License-Identifier: MIT
// True peak according to ITU-R BS.1770-4, annex 2: the largest absolute value of the signal after
// oversampling by four. Here the factor is four at every sample rate.
//
// The interpolator is the one of libebur128: a sinc with 49 taps and a Hann window, split into four
// phases. Phase 0 is the samples themselves. Phases 1 to 3, with 12 taps each, are the values at a
// quarter, a half and three quarters of the way from x[i] to x[i + 1]; they read x[i - 5] ... x[i +
// 6].
//
// Most blocks need no interpolation. An interpolated value cannot exceed max|x| over its 12 samples
// times the L1 norm of the phase's coefficients. With N = the maximum over the phases f of the sum
// over t of |c[f + 4 t]| (about 2.0, or 6.1 dB), a block whose largest sample times N does not
// exceed a peak that was already found is skipped. The result is still exact.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include <absl/status/statusor.h>

#include "audio/buffer.h"
#include "base/cancel.h"

namespace focus::core::mastering {

inline constexpr int kPeakTapsBefore = 5;
inline constexpr int kPeakTapsAfter = 6;

/// The bound N described above.
double true_peak_bound();

/// For i in [0, count), peaks[i] becomes the largest absolute value of x[i] and of the three
/// interpolated values between x[i] and x[i + 1]. Reads x[-kPeakTapsBefore] ... x[count - 1 +
/// kPeakTapsAfter].
void interpolated_peaks(const float* x, int count, float* peaks);

/// Returns the largest absolute sample, or infinity if any sample is not finite.
float sample_peak(audio::ConstAudioView audio);

/// Measures the true peak of a stream, block by block.
class TruePeakMeter {
 public:
  /// `known_peak` is a lower bound of the result, for example the sample peak of the whole stream.
  /// It lets the meter skip most blocks.
  explicit TruePeakMeter(int channel_count, float known_peak = 0.0f);

  void add(audio::ConstAudioView audio);
  /// The linear true peak of everything that was added, as if silence preceded and followed it.
  double peak() const;

 private:
  static constexpr int kBlock = 64;
  static constexpr int kContext = kPeakTapsBefore + kPeakTapsAfter;
  struct Channel {
    std::array<float, kBlock + kContext> window = {};  ///< from kContext frames before the block on
  };
  static float window_peak(const Channel& channel, int count, float known);

  std::vector<Channel> channels_;
  int filled_ = 0;  ///< frames of the current block that have been added
  float peak_;
};

/// The linear true peak of a whole view, as if silence preceded and followed it.
absl::StatusOr<double> true_peak(audio::ConstAudioView audio, const CancelToken& cancel);

}  // namespace focus::core::mastering
