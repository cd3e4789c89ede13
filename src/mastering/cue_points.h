// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>

#include "audio/buffer.h"
#include "mastering/loudness.h"

namespace focus::core::mastering {

/// The beginning and end of the music in a file, in frames from the start of the file.
struct CuePoints {
  /// The body of the music lies between the cue points. It begins with the first and ends with the
  /// last block of 10 ms that is within 9 LU of the integrated loudness and lies in a window of 400
  /// ms that is so too. A crossfade between cue points thus never fades a tail that has already
  /// faded, and a single click in the silence does not move them. If the audio has no loudness, the
  /// body is all of it.
  std::int64_t cue_in = 0;
  std::int64_t cue_out = 0;  ///< the first frame after the body
  /// Frames at the beginning and at the end in which no sample exceeds -70 dBFS.
  std::int64_t leading_silence = 0;
  std::int64_t trailing_silence = 0;
};

/// Finds the body alone. `meter` must have been given all `frames` frames of the file, block by
/// block.
CuePoints find_cue_points(const LoudnessMeter& meter, std::int64_t frames, int sample_rate);

/// Finds the body and the silences. `meter` must have been given all of `audio`, but may have been
/// at a different gain: the body does not depend on it. The silences are those of `audio` itself.
CuePoints find_cue_points(audio::ConstAudioView audio, int sample_rate, const LoudnessMeter& meter);

}  // namespace focus::core::mastering
