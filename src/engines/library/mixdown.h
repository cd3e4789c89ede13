// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>

#include <absl/status/status.h>

#include "engines/engine.h"
#include "engines/library/item_player.h"
#include "engines/library/programme.h"

namespace focus::core::engines {

/// Plays the frames from `from` to `to` of a session into the sink. Where two items overlap, the
/// crossfade is computed from the whole overlap, also where only a part of it is played: so it is
/// the same in every window.
absl::Status play_window(const Programme& programme, std::int64_t from, std::int64_t to, int rate,
                         SegmentSink& sink, const TellFailure& tell);

}  // namespace focus::core::engines
