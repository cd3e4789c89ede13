// SPDX-License-Identifier: MIT
#include "engines/studio/score/part.h"

#include "engines/studio/score/scale.h"

namespace focus::core::engines::studio {

const VoicedChord& Phrase::chord_at(double beat) const {
  for (const VoicedChord& chord : chords) {
    if (beat < chord.end_beat()) return chord;
  }
  return chords.back();
}

bool euclid(int hits, int steps, int step) { return hits > 0 && wrap(step * hits, steps) < hits; }

std::uint32_t note_key(Random random) { return static_cast<std::uint32_t>(random.bits() >> 32); }

}  // namespace focus::core::engines::studio
