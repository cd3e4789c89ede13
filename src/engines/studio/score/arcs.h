// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>

#include "engines/studio/score/note.h"
#include "engines/studio/score/style.h"
#include "plan/brief.h"

namespace focus::core::engines::studio {

/// Which layers play, as a function of absolute time. They enter one after another, become denser
/// and thinner in waves of different periods, and leave before the ending.
class Arcs {
 public:
  Arcs(const plan::Brief& brief, const Style& style);

  /// How much of a layer is present, from 0 (silent) to 1. The parts thin out their notes
  /// accordingly.
  double presence(Layer layer, double seconds) const;

 private:
  std::uint32_t key_;
  double session_;
  double ending_start_;
  double restlessness_;  ///< scales the rests: at divergence 0 the music has few
  bool sinks_;
};

}  // namespace focus::core::engines::studio
