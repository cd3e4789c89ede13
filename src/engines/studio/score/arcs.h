// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>

#include "engines/studio/score/note.h"
#include "engines/studio/score/style.h"
#include "plan/brief.h"

namespace focus::core::studio {

/// The form of the whole session, as functions of absolute time: layers come in one by one, breathe
/// in waves that never line up, and leave before the ending.
class Arcs {
 public:
  Arcs(const Brief& brief, const Style& style);

  double seconds_of_beat(double beat) const {
    return brief_start_ + (beat * 0.25 - first_bar_) * bar_seconds_;
  }

  /// 0 (absent) to 1: how much of a layer there is. Composers thin their notes by it.
  double presence(Layer layer, double seconds) const;
  /// A layer's slow swell in dB, a few either way, for the mixer.
  double swell_db(Layer layer, double seconds) const;
  /// -1 to 1: the wave of brightness and energy over minutes. Only falls where the style sinks.
  double tide(double seconds) const;

 private:
  std::uint32_t key_;
  double brief_start_, first_bar_, bar_seconds_, session_;
  double arc_seconds_, ending_start_;
  double restlessness_;  ///< the same piece going on has few rests
  bool sinks_;
};

}  // namespace focus::core::studio
