// SPDX-License-Identifier: MIT
// True peak as ITU-R BS.1770-4 annex 2 has it: the largest absolute value of the signal oversampled
// four times, here at every sample rate.
//
// The interpolator is libebur128's: a sinc of 49 taps under a Hann window, split into four phases.
// Phase 0 is the samples themselves; phases 1 to 3 (12 taps each) lie at a quarter, a half and
// three quarters of the way from x[i] to x[i + 1] and read x[i - 5] ... x[i + 6].
//
// What no interpolated value can exceed: max|x| over its 12 samples times the L1 norm of the
// phase's coefficients, N = max over phases f of the sum over t of |c[f + 4 t]| (about 2.0, or 6.1
// dB). A block whose loudest sample times N is under what has been found elsewhere is passed over,
// and the figure is still exact: nothing is estimated.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include <absl/status/statusor.h>

#include "audio/buffer.h"
#include "base/cancel.h"

namespace focus::core {

inline constexpr int kPeakTapsBefore = 5;
inline constexpr int kPeakTapsAfter = 6;

/// N above.
double true_peak_bound();

/// peaks[i] = the largest absolute value of x[i] and of the three values between it and x[i + 1],
/// for i in [0, count). Reads x[-kPeakTapsBefore] ... x[count - 1 + kPeakTapsAfter].
void interpolated_peaks(const float* x, int count, float* peaks);

/// The largest absolute sample; infinite where any sample is not a finite number.
float sample_peak(ConstAudioView audio);

/// The true peak of a stream, block after block.
class TruePeakMeter {
 public:
  /// `known_peak`: a sample of this size is known to be in the stream, which spares most of the
  /// work.
  explicit TruePeakMeter(int channel_count, float known_peak = 0.0f);

  void add(ConstAudioView audio);
  /// The linear true peak of all that was added, taken as surrounded by silence.
  double peak() const;

 private:
  static constexpr int kBlock = 64;
  static constexpr int kContext = kPeakTapsBefore + kPeakTapsAfter;
  struct Channel {
    std::array<float, kBlock + kContext> window = {};  ///< starts kContext before the next block
  };
  static float window_peak(const Channel& channel, int count, float known);

  std::vector<Channel> channels_;
  int filled_ = 0;  ///< frames of the block that are there
  float peak_;
};

/// The linear true peak of a whole view, each channel surrounded by silence.
absl::StatusOr<double> true_peak(ConstAudioView audio, const CancelToken& cancel);

}  // namespace focus::core
