// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>

#include <absl/status/status.h>

#include "audio/buffer.h"
#include "base/cancel.h"

namespace focus::core::mastering {

/// Multiplies `audio` by 1 - depth (1 - cos(2 pi 16 t)) / 2, in place: the 16 Hz amplitude
/// modulation for which Woods et al. found the strongest effect on sustained attention ("Rapid
/// modulation in music supports attention in listeners with attentional difficulties",
/// Communications Biology 7, 2024). They modulate the whole signal. Here the range below about 200
/// Hz is not modulated, because a fluttering bass is heard as a defect. The crossover filter has
/// zero phase: only the level of the upper range changes.
///
/// `session_frame` is the position of the first frame in the session, at `sample_rate`. t counts
/// from the start of the session, so that overlapping segments are modulated identically. A depth
/// of 0 changes nothing.
absl::Status modulate(audio::AudioView audio, int sample_rate, std::int64_t session_frame,
                      double depth, const CancelToken& cancel);

}  // namespace focus::core::mastering
