// SPDX-License-Identifier: MIT
// The chord itself: four voices that enter almost together, and sometimes the upper two of them
// again an octave higher.
#include "engines/studio/score/part.h"

namespace focus::core::engines::studio {
namespace {

/// The pan of each voice: the lowest is near the centre, the others are spread to both sides.
constexpr std::array<float, VoicedChord::kVoices> kPans = {0.02f, 0.34f, -0.36f, 0.14f};

}  // namespace

void write_pads(const Phrase& phrase, std::vector<Note>& notes) {
  if (!phrase.style.pad) return;
  const Random stream = phrase.stream(plan::Decision::chords, "pads");
  for (std::size_t c = 0; c < phrase.chords.size(); ++c) {
    const VoicedChord& chord = phrase.chords[c];
    const Random own = stream.fork(c);
    const float side = (chord.bar / chord.bars) % 2 == 0 ? 1.0f : -1.0f;
    const double beats = chord.end_beat() - chord.start_beat();
    for (std::size_t v = 0; v < VoicedChord::kVoices; ++v) {
      Random random = own.fork(v);
      Note note;
      note.layer = Layer::pad;
      // The voices of a chord do not begin exactly together; the lowest is first.
      const double late = v == 0 ? 0.0 : random.uniform(0.0, 0.045) * static_cast<double>(v);
      note.beat = chord.start_beat() + late;
      note.beats = beats - late;
      note.pitch = chord.pitches[v];
      const double touch = phrase.style.sinks ? 0.03 : 0.12;
      note.velocity = static_cast<float>(0.57 + random.uniform(-touch, touch));
      note.pan = side * kPans[v];
      note.key = note_key(random);
      notes.push_back(note);
    }
    if (!phrase.style.upper_pad) continue;
    for (std::size_t v = 2; v < VoicedChord::kVoices; ++v) {
      Random random = own.fork(10 + v);
      const double start = chord.start_beat() + random.between(0, 1) * 2.0;
      if (!random.chance(0.75 * phrase.presence(Layer::upper_pad, start))) continue;
      Note note;
      note.layer = Layer::upper_pad;
      note.beat = start;
      note.beats = chord.end_beat() - start;
      note.pitch = chord.pitches[v] + 12;
      note.velocity = static_cast<float>(random.uniform(0.35, 0.6));
      note.pan = v == 2 ? -0.5f : 0.5f;
      note.key = note_key(random);
      notes.push_back(note);
    }
  }
}

}  // namespace focus::core::engines::studio
