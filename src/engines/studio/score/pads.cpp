// SPDX-License-Identifier: MIT
// The chord itself: two to four voices that enter almost together, and sometimes the upper two of
// them again, an octave higher where the melody leaves room. The pads breathe: how many voices
// there are follows the phrase.
#include <algorithm>
#include <array>

#include "dsp/math.h"
#include "engines/studio/score/part.h"

namespace focus::core::engines::studio {
namespace {

/// The pan of each voice: the lowest is near the centre, the others are spread to both sides.
constexpr std::array<float, VoicedChord::kVoices> kPans = {0.02f, 0.34f, -0.36f, 0.14f};

/// Which voices of a phrase's chords sound, the lowest first.
using Voicing = std::array<bool, VoicedChord::kVoices>;

Voicing voices_in(const Phrase& phrase, double beat, Random random) {
  const double tension = phrase.tension(beat);
  const bool thin = random.chance(0.3);
  switch (phrase.place.role) {
    case PhraseRole::opening:
      return tension < 0.5 ? Voicing{true, false, false, true} : Voicing{true, false, true, true};
    case PhraseRole::pause:
      return thin ? Voicing{false, false, true, true} : Voicing{true, false, false, true};
    case PhraseRole::answer:
      return thin ? Voicing{false, true, true, true} : Voicing{true, true, true, true};
    case PhraseRole::contrast:
      return thin ? Voicing{true, false, true, true} : Voicing{true, true, true, true};
    case PhraseRole::statement:
    case PhraseRole::closing:
      break;
  }
  return Voicing{true, true, true, true};
}

/// Inside a phrase the inner voices are silent for a chord now and then.
Voicing breath_of(Voicing voicing, Random random) {
  if (!random.chance(0.25)) return voicing;
  voicing[1] = false;
  if (random.chance(0.4)) voicing[2] = false;
  return voicing;
}

/// The loudness of a chord at a place in its phrase: a hairpin up to two thirds of it and back.
double hairpin(double x) { return x < 0.66 ? x / 0.66 : (1.0 - x) / 0.34; }

/// The factor of the velocity with which a chord of few voices is about as loud as one of all four.
double fullness(const Voicing& voicing, const VoicedChord& chord) {
  std::size_t sounding = 0;
  for (std::size_t v = 0; v < voicing.size(); ++v) {
    if (voicing[v] && !chord.rests[v]) ++sounding;
  }
  constexpr std::array<double, VoicedChord::kVoices + 1> kFactors = {1.0, 1.7, 1.35, 1.13, 1.0};
  return kFactors[sounding];
}

/// Whether a note would lie over the melody.
bool hides_melody(const Note& note, const std::vector<Note>& notes) {
  return std::any_of(notes.begin(), notes.end(), [&](const Note& other) {
    return other.layer == Layer::lead && other.pitch <= note.pitch &&
           other.beat < note.beat + note.beats && other.beat + other.beats > note.beat;
  });
}

}  // namespace

void write_pads(const Phrase& phrase, std::vector<Note>& notes) {
  if (!phrase.style.pad) return;
  const Random stream = phrase.stream(plan::Decision::chords, "pads");
  const Voicing all = voices_in(phrase, phrase.first_beat(), stream.fork("voices"));
  for (std::size_t c = 0; c < phrase.chords.size(); ++c) {
    const VoicedChord& chord = phrase.chords[c];
    const Random own = stream.fork(c);
    const bool is_inside = c > 0 && c + 1 < phrase.chords.size();
    const Voicing voicing = is_inside ? breath_of(all, own.fork("breath")) : all;
    const float side = c % 2 == 0 ? 1.0f : -1.0f;
    const double start = chord.start_beat();
    const double beats = chord.end_beat() - start;
    const double x = (start - phrase.first_beat()) / (phrase.end_beat() - phrase.first_beat());
    const double swell = phrase.style.sinks ? 0.05 : 0.15;
    const double loud =
        fullness(voicing, chord) *
        (0.47 + swell * hairpin(x) + (phrase.style.sinks ? 0.08 : 0.19) * phrase.tension(start));
    for (std::size_t v = 0; v < VoicedChord::kVoices; ++v) {
      if (!voicing[v] || chord.rests[v]) continue;
      Random random = own.fork(v);
      Note note;
      note.layer = Layer::pad;
      // The voices of a chord do not begin exactly together; the lowest is first.
      const double late = v == 0 ? 0.0 : random.uniform(0.0, 0.045) * static_cast<double>(v);
      note.beat = start + late;
      note.beats = beats - late;
      note.pitch = chord.pitches[v];
      const double touch = phrase.style.sinks ? 0.03 : 0.06;
      note.velocity =
          static_cast<float>(std::clamp(loud + random.uniform(-touch, touch), 0.15, 0.95));
      note.pan = side * kPans[v];
      note.key = note_key(random);
      notes.push_back(note);
    }
    if (!phrase.style.upper_pad || phrase.place.role == PhraseRole::pause) continue;
    for (std::size_t v = 2; v < VoicedChord::kVoices; ++v) {
      Random random = own.fork(10 + v);
      const double entry = start + random.between(0, 1) * 2.0;
      if (!random.chance(0.75 * phrase.presence(Layer::upper_pad, entry))) continue;
      Note note;
      note.layer = Layer::upper_pad;
      note.beat = entry;
      note.beats = chord.end_beat() - entry;
      note.pitch = chord.pitches[v] + 12;
      if (hides_melody(note, notes)) note.pitch -= 12;  // it only colours the chord
      note.velocity = static_cast<float>(random.uniform(0.35, 0.6));
      note.pan = v == 2 ? -0.5f : 0.5f;
      note.key = note_key(random);
      notes.push_back(note);
    }
  }
}

}  // namespace focus::core::engines::studio
