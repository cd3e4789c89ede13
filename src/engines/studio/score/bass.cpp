// SPDX-License-Identifier: MIT
#include <algorithm>
#include <cstdlib>
#include <utility>

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

/// The bass rests at the start of an opening and of a breath, unless it drives the music. It is
/// back before the tune, which begins half way: two that enter together would startle.
bool rests(const Phrase& phrase, double beat) {
  if (phrase.style.bass == BassFigure::driving) return false;
  const double back = phrase.first_beat() + 0.3 * (phrase.end_beat() - phrase.first_beat());
  const bool may_rest = phrase.place.role == PhraseRole::pause ||
                        (phrase.place.role == PhraseRole::opening && phrase.place.count > 2);
  return may_rest && beat < back;
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
  bool rested = false;  // in the bar before; the note that ends a rest is soft
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
    bool is_held = false;  // the held bass has begun
    for (std::int64_t bar = chord.bar; bar < chord.bar + chord.bars; ++bar) {
      Random random = stream.fork(static_cast<std::uint64_t>(bar));
      const double beat = 4.0 * static_cast<double>(bar);
      const double presence = phrase.presence(Layer::bass, beat);
      if (presence < 0.3 || rests(phrase, beat)) {
        rested = true;
        continue;
      }
      const double softer = std::exchange(rested, false) ? 0.72 : 1.0;
      const bool first = bar == chord.bar;
      switch (phrase.style.bass) {
        case BassFigure::none:
          break;
        case BassFigure::held: {
          // A long chord is taken up again half way: by then the first note is soft, and the next
          // chord's would be a start.
          const std::int64_t half = chord.bar + (chord.bars + 1) / 2, end = chord.bar + chord.bars;
          const bool is_long = chord.bars >= 3, again = is_long && bar == half;
          if (std::exchange(is_held, true) && !again) break;
          const std::int64_t until = is_long && bar < half ? half : end;
          // Where the next chord has the same bass there is a breath, or it would be a drone.
          const double breath = until == end && next != nullptr && next->bass == root ? 1.0 : 0.25;
          const double beats = 4.0 * static_cast<double>(until - bar) - breath;
          notes.push_back(bass_note(beat, beats, root, (again ? 0.47 : 0.55) * softer, random));
          break;
        }
        case BassFigure::pulsing: {
          const bool moves = random.chance(0.45);
          const bool short_first = moves || random.chance(0.3);
          notes.push_back(bass_note(beat, short_first ? 2.2 : 3.8, root,
                                    (first ? 0.6 : 0.5) * softer, random.fork("down")));
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
