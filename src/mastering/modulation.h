// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>

#include <absl/status/status.h>

#include "audio/buffer.h"
#include "base/cancel.h"

namespace focus::core {

/// Multiplies `audio` by 1 - depth (1 - cos(2 pi 16 t)) / 2, in place: the 16 Hz amplitude
/// modulation with which Woods and others ("Rapid modulation in music supports attention in
/// listeners with attentional difficulties", Communications Biology 7, 2024) saw attention held
/// best. Their modulator is put on the whole wave; here what lies under about 200 Hz stays steady,
/// since a bass that flutters is heard as a fault: the crossover is of zero phase, so nothing but
/// the level of what lies above it moves.
///
/// `session_frame` is where the first frame stands in the session, at this rate: t counts from the
/// session's start, and segments that overlap are modulated alike. A depth of 0 changes nothing.
absl::Status modulate(AudioView audio, int sample_rate, std::int64_t session_frame, double depth,
                      const CancelToken& cancel);

}  // namespace focus::core
