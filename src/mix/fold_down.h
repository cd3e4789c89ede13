// SPDX-License-Identifier: MIT
#pragma once

#include "audio/buffer.h"

namespace focus::core::mix {

/// Converts up to eight channels to two, with the downmix coefficients of ITU-R BS.775: the centre
/// and each surround at -3 dB, a rear centre at -6 dB on both sides, the low-frequency channel
/// omitted. Mono goes to both sides. Channels are in the order of WAV files (L R C LFE, rear,
/// side). `to` has two channels and as many frames as `from`.
void fold_down(audio::ConstAudioView from, audio::AudioView to);

}  // namespace focus::core::mix
