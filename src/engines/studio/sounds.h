// SPDX-License-Identifier: MIT
#pragma once

namespace focus::core::engines::studio {

/// The sounds of pads and basses. Melodies and figures use the plan's `Instrument`, the background
/// noise its `Scenery`.
enum class PadSound {
  warm,
  strings,
  choir,
  organ,
  glass,
  shimmer,
  breath,
  brass,
  drawbars,
  haze,
  reeds
};
inline constexpr int kPadSoundCount = 11;
enum class BassSound { round, reedy };

}  // namespace focus::core::engines::studio
