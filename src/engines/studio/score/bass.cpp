// SPDX-License-Identifier: MIT
#include <algorithm>
#include <cstdlib>

#include "engines/studio/score/part.h"
#include "engines/studio/score/scale.h"

namespace focus::core::engines::studio {
namespace {

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

/// The bass rests in the first half of an opening and of a breath, unless it drives the music.
bool rests(const Phrase& phrase, double beat) {
  if (phrase.style.bass == BassFigure::driving) return false;
  const bool is_first_half = beat < 0.5 * (phrase.first_beat() + phrase.end_beat());
  const bool may_rest = phrase.place.role == PhraseRole::pause ||
                        (phrase.place.role == PhraseRole::opening && phrase.place.count > 2);
  return may_rest && is_first_half;
}

/// The pitch, or the nearest one below it that the chord's scale has.
int in_scale(int pitch, const VoicedChord& chord) {
  const auto has = [&](int p) {
    return std::any_of(chord.scale.begin(), chord.scale.end(),
                       [p](int tone) { return wrap(p - tone, 12) == 0; });
  };
  return has(pitch) ? pitch : pitch - 1;
}

}  // namespace

void write_bass(const Phrase& phrase, std::vector<Note>& notes) {
  if (phrase.style.bass == BassFigure::none) return;
  const Random stream = phrase.stream(plan::Decision::chords, "bass");
  // One figure per phrase.
  Random figure = stream.fork("figure");
  const int hits = figure.between(5, 7), turn = figure.below(3);
  for (std::size_t c = 0; c < phrase.chords.size(); ++c) {
    const VoicedChord& chord = phrase.chords[c];
    const int root = chord.bass;
    // The fifth of the chord, or its root where something else is in the bass.
    const bool is_root = wrap(root - chord.root, 12) == 0;
    const int other_class = is_root && chord.contains(root + 7) ? root + 7 : chord.root;
    const int low = root >= 40 ? root - 12 : root;
    const int fifth = low + wrap(other_class - low, 12);
    // The last beat may lead to the next bass note by step.
    const VoicedChord* next = c + 1 < phrase.chords.size() ? &phrase.chords[c + 1] : nullptr;
    const int way = next == nullptr ? 0 : next->bass - root;
    const bool is_far = std::abs(way) > 2 && std::abs(way) < 10;
    const int approach = is_far ? next->bass + (way > 0 ? -2 : 2) : fifth;
    for (std::int64_t bar = chord.bar; bar < chord.bar + chord.bars; ++bar) {
      Random random = stream.fork(static_cast<std::uint64_t>(bar));
      const double beat = 4.0 * static_cast<double>(bar);
      const double presence = phrase.presence(Layer::bass, beat);
      if (presence < 0.3 || rests(phrase, beat)) continue;
      const bool first = bar == chord.bar;
      switch (phrase.style.bass) {
        case BassFigure::none:
          break;
        case BassFigure::held: {
          if (!first) break;
          // Where the next chord has the same bass there is a breath, or it would be a drone.
          const double breath = next != nullptr && next->bass == root ? 1.5 : 0.25;
          notes.push_back(bass_note(beat, 4.0 * chord.bars - breath, root, 0.55, random));
          break;
        }
        case BassFigure::pulsing: {
          const bool moves = random.chance(0.45);
          const bool short_first = moves || random.chance(0.3);
          notes.push_back(bass_note(beat, short_first ? 2.2 : 3.8, root, first ? 0.6 : 0.5,
                                    random.fork("down")));
          if (moves) {
            const bool leads = is_far && bar + 1 == chord.bar + chord.bars && random.chance(0.6);
            const int pitch = leads ? in_scale(approach, chord) : random.chance(0.5) ? fifth : root;
            const double place = leads || random.chance(0.4) ? 3.0 : 2.5;
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
