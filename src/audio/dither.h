// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <cstdint>

#include "audio/buffer.h"

namespace focus::core::audio {

/// Converts float samples to 16 bits with triangular dither of +-1 step (TPDF), which makes mean
/// and variance of the error independent of the signal (Lipshitz, Wannamaker and Vanderkooy, JAES
/// 40(5), 1992). The noise is a function of seed, absolute frame and channel only. Any part can
/// therefore be quantised by itself, in blocks of any size, and a 16-bit memory store holds exactly
/// the samples of a 16-bit FLAC file.
///
/// A sample that lies exactly on a step is not dithered: digital silence stays silent, and audio
/// that was 16-bit before passes unchanged. Samples over full scale are clipped. NaN becomes
/// silence.
class Dither {
 public:
  explicit Dither(std::uint64_t seed);

  /// Quantises `from` to interleaved samples in `to` (frames x channels). `first_frame` is the
  /// position of the first frame of `from` in the whole piece. Safe on the [audio-thread].
  void quantise(ConstAudioView from, std::int64_t first_frame, std::int16_t* to) const;

 private:
  std::array<std::uint64_t, AudioView::kMaxChannels> keys_;
};

/// Converts interleaved 16-bit samples to planar floats, scaled as libsndfile does (1.0 is 32768
/// steps).
void dequantise(const std::int16_t* from, AudioView to);

/// Rounds to 24 bits without dither: the quantisation noise, at -144 dBFS, lies below the noise of
/// any converter. `to` is interleaved; each sample is in the upper three bytes of an int32, as
/// libsndfile expects it.
void quantise24(ConstAudioView from, std::int32_t* to);
/// Converts the output of quantise24() back to planar floats, which hold 24 bits exactly.
void dequantise24(const std::int32_t* from, AudioView to);

}  // namespace focus::core::audio
