// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <cstdint>

#include "audio/buffer.h"

namespace focus::core {

/// Turns float samples into 16-bit ones with triangular dither of +-1 step (TPDF), which makes the
/// error's mean and variance independent of the signal (Lipshitz, Wannamaker and Vanderkooy, JAES
/// 40(5), 1992). The noise is a function of (seed, absolute frame, channel) and of nothing else, so
/// any part may be quantised by itself, in any block size, and a 16-bit memory store holds exactly
/// what a 16-bit FLAC file would.
///
/// A sample that lies exactly on a step stays there: digital silence is kept silent, and what was
/// 16-bit audio already passes unchanged. Over full scale is clipped;
/// what is not a number becomes silence.
class Dither {
 public:
  explicit Dither(std::uint64_t seed);

  /// Quantises `from`, whose first frame is `first_frame` of the piece, to interleaved `to`
  /// (frames x channels). [audio-thread] safe.
  void quantise(ConstAudioView from, std::int64_t first_frame, std::int16_t* to) const;

 private:
  std::array<std::uint64_t, AudioView::kMaxChannels> keys_;
};

/// Interleaved 16-bit samples back to planar floats, as libsndfile reads them (1 is 32768 steps).
void dequantise(const std::int16_t* from, AudioView to);

/// Rounds to 24 bits without dither (its noise floor, -144 dBFS, lies under every converter's), in
/// the upper bytes of an int32 as libsndfile takes them; interleaved.
void quantise24(ConstAudioView from, std::int32_t* to);
/// And back to planar floats, which hold 24 bits exactly.
void dequantise24(const std::int32_t* from, AudioView to);

}  // namespace focus::core
