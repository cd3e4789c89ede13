// SPDX-License-Identifier: MIT
#include <algorithm>

#include "engines/studio/score/part.h"
#include "engines/studio/score/scale.h"

namespace focus::core::engines::studio {
namespace {

/// The pitch of a class in the octave from A1 upwards. Small speakers cannot reproduce lower notes.
int bass_pitch(int pitch_class) { return 33 + wrap(pitch_class - 33, 12); }

Note bass_note(double beat, double beats, int pitch, double velocity, Random random) {
  Note note;
  note.layer = Layer::bass;
  note.beat = beat;
  note.beats = beats;
  note.pitch = pitch;
  note.velocity = static_cast<float>(velocity + random.uniform(-0.06, 0.06));
  note.key = note_key(random);
  return note;
}

}  // namespace

void write_bass(const Phrase& phrase, std::vector<Note>& notes) {
  if (phrase.style.bass == BassFigure::none) return;
  const Random stream = phrase.stream(plan::Decision::chords, "bass");
  // One figure per phrase.
  Random figure = stream.fork("figure");
  const int hits = figure.between(5, 7), turn = figure.below(3);
  for (const VoicedChord& chord : phrase.chords) {
    const int root = bass_pitch(phrase.harmony.root_class(chord.degree));
    const int fifth_class = phrase.harmony.root_class(chord.degree + 4);
    const bool fifth_fits = wrap(fifth_class - root, 12) == 7;
    const int fifth = fifth_fits ? (root >= 40 ? root - 5 : root + 7) : root;
    for (std::int64_t bar = chord.bar; bar < chord.bar + chord.bars; ++bar) {
      Random random = stream.fork(static_cast<std::uint64_t>(bar));
      const double beat = 4.0 * static_cast<double>(bar);
      const double presence = phrase.presence(Layer::bass, beat);
      if (presence < 0.3) continue;
      const bool first = bar == chord.bar;
      switch (phrase.style.bass) {
        case BassFigure::none:
          break;
        case BassFigure::held: {
          if (!first) break;
          notes.push_back(bass_note(beat, 4.0 * chord.bars - 0.25, root, 0.55, random));
          break;
        }
        case BassFigure::pulsing: {
          const bool moves = random.chance(0.45);
          const bool short_first = moves || random.chance(0.3);
          notes.push_back(bass_note(beat, short_first ? 2.2 : 3.8, root, first ? 0.6 : 0.5,
                                    random.fork("down")));
          if (moves) {
            const int pitch = random.chance(0.5) ? fifth : root;
            const double place = random.chance(0.6) ? 2.5 : 3.0;
            notes.push_back(bass_note(beat + place, 3.9 - place, pitch, 0.42, random.fork("up")));
          }
          break;
        }
        case BassFigure::driving: {
          for (int step = 0; step < 16; ++step) {
            if (!euclid(hits, 16, step + (step == 0 ? 0 : turn)) && step != 0) continue;
            Random own = random.fork(static_cast<std::uint64_t>(step));
            if (step != 0 && !own.chance(0.75)) continue;
            const int pitch = step == 0          ? root
                              : own.chance(0.2)  ? fifth
                              : own.chance(0.15) ? root + 12
                                                 : root;
            notes.push_back(bass_note(beat + 0.25 * step, 0.45, pitch, step == 0 ? 0.68 : 0.5,
                                      own.fork("note")));
          }
          break;
        }
      }
    }
  }
}

}  // namespace focus::core::engines::studio
