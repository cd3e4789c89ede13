// SPDX-License-Identifier: MIT
#pragma once

#include "audio/buffer.h"

namespace focus::core {

/// Any count of channels to two, as ITU-R BS.775 folds down: the centre and each surround at -3 dB
/// into their sides, a rear centre at -6 dB into both, the low-frequency channel left out; mono
/// goes to both sides. Channels are in the order of WAV files (L R C LFE, rear, side). `to` has two
/// channels and as many frames.
void fold_down(ConstAudioView from, AudioView to);

}  // namespace focus::core
