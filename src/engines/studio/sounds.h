// SPDX-License-Identifier: MIT
#pragma once

namespace focus::core::studio {

/// What the score asks of the players, beside plan's `Instrument` for melodies and figures and
/// `Scenery` for the bed under them.
enum class PadSound { warm, strings, choir, organ, glass, shimmer, breath };
enum class BassSound { round, reedy };

}  // namespace focus::core::studio
