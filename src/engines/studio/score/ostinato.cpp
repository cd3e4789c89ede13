// SPDX-License-Identifier: MIT
// A repeated figure over the tones of the chord. Its length (3, 5 or 7 notes) does not divide the
// bar, so it is shifted in every bar.
#include <algorithm>
#include <array>
#include <cmath>

#include "dsp/math.h"
#include "engines/studio/score/groove.h"
#include "engines/studio/score/part.h"

namespace focus::core::engines::studio {

void write_ostinato(const Phrase& phrase, std::vector<Note>& notes) {
  const double per_bar = std::min(16.0, phrase.style.ostinato_per_bar * phrase.palette.density);
  if (per_bar <= 0.0) return;
  Random figure = stream_of(phrase.brief, plan::Decision::motif).fork("ostinato");
  std::array<int, 7> order{};
  const int length = std::array<int, 3>{3, 5, 7}[static_cast<std::size_t>(figure.below(3))];
  for (auto& tone : order) tone = figure.below(6);

  // Where there are drums, the figure leans on their accents and lies where they lie.
  const Groove* groove = groove_of(phrase);
  const double straight = straightness(phrase.style);
  const Random stream = phrase.stream(plan::Decision::motif, "ostinato");
  Random whole = stream.fork("phrase");
  const int shift = whole.below(length);
  const bool backwards = whole.chance(0.3);
  const int turn = whole.below(4);
  const int steps = per_bar > 6.0 ? 16 : 8;
  const double step_beats = 4.0 / steps;
  int count = shift;
  for (const VoicedChord& chord : phrase.chords) {
    for (std::int64_t bar = chord.bar; bar < chord.bar + chord.bars; ++bar) {
      Random own = stream.fork(static_cast<std::uint64_t>(bar));
      const double beat = 4.0 * static_cast<double>(bar);
      const int hits = static_cast<int>(per_bar + own.uniform());
      const double presence = phrase.presence(Layer::ostinato, beat);
      for (int step = 0; step < steps; ++step) {
        if (!euclid(std::min(hits, steps), steps, step + turn)) continue;
        Random random = own.fork(static_cast<std::uint64_t>(step));
        const int place = count % length;
        ++count;
        if (!random.chance(0.93 * presence)) continue;
        const int tone = order[static_cast<std::size_t>(backwards ? length - 1 - place : place)];
        Note note;
        note.layer = Layer::ostinato;
        const int sixteenth = step * 16 / steps;
        const double late = groove != nullptr
                                ? groove->feel->late(StrokeRole::time, sixteenth, straight)
                                : 0.008 * random.normal();
        const double accent = groove != nullptr       ? groove_accent(*groove, sixteenth)
                              : step * 4 % steps == 0 ? 0.6
                                                      : 0.0;
        note.beat = beat + step * step_beats + late;
        note.beat = std::max(note.beat, beat);
        note.beats = step_beats * 1.6;
        note.pitch = chord.pitches[static_cast<std::size_t>(tone % 4)] + (tone >= 4 ? 24 : 12);
        if (note.pitch > 81) note.pitch -= 12;
        note.velocity =
            static_cast<float>(std::clamp(0.38 + 0.2 * accent + 0.05 * random.normal(), 0.12, 0.9));
        note.pan = static_cast<float>(0.55 * dsp::sine_turns(0.143 * count));
        note.key = note_key(random);
        notes.push_back(note);
      }
    }
  }
}

}  // namespace focus::core::engines::studio
