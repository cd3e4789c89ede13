// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>

#include "audio/buffer.h"
#include "mastering/loudness.h"

namespace focus::core {

/// Where the music itself says it begins and ends, in frames from the start of the file.
struct CuePoints {
  /// The body: from the first to the last 10 ms that are within 9 LU of the integrated loudness and
  /// lie in 400 ms that are so as well. A crossfade anchored here never fades a tail a second time;
  /// a single knock in the silence does not move it. All of the audio where it has no loudness.
  std::int64_t cue_in = 0;
  std::int64_t cue_out = 0;  ///< the frame after the body
  /// Samples at either end that stay under -70 dBFS.
  std::int64_t leading_silence = 0;
  std::int64_t trailing_silence = 0;
};

/// The body alone, for a meter that has been fed all `frames` of a file block by block.
CuePoints find_cue_points(const LoudnessMeter& meter, std::int64_t frames, int sample_rate);

/// `meter` has been fed all of `audio`, perhaps at another gain: cue points do not depend on it,
/// the silence is that of `audio` as it is.
CuePoints find_cue_points(ConstAudioView audio, int sample_rate, const LoudnessMeter& meter);

}  // namespace focus::core
