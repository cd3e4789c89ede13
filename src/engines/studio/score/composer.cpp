// SPDX-License-Identifier: MIT
#include "engines/studio/score/composer.h"

#include <algorithm>
#include <cmath>

#include "engines/studio/score/bend.h"
#include "engines/studio/score/part.h"
#include "engines/studio/score/scale.h"

namespace focus::core::engines::studio {
namespace {

double beat_of(const plan::Brief& brief, double seconds) {
  return 4.0 * (static_cast<double>(brief.first_bar) +
                (seconds - brief.start_seconds) / brief.bar_seconds);
}

bool swings(Layer layer) { return layer != Layer::pad && layer != Layer::upper_pad; }

/// Applies swing: moves the off-beat eighth from 1/2 of the beat towards 2/3, and stretches the
/// positions around it accordingly.
double swung(double beat, double swing) {
  const double whole = std::floor(beat), inside = beat - whole;
  const double middle = 0.5 + swing / 6.0;
  return whole +
         (inside < 0.5 ? 2.0 * inside * middle : middle + (2.0 * inside - 1.0) * (1.0 - middle));
}

}  // namespace

Composer::Composer(const plan::Brief& brief)
    : brief_(brief),
      style_(style_of(brief)),
      palette_(draw_palette(brief, style_)),
      arcs_(brief, style_),
      harmony_(brief, style_, palette_),
      cadence_beat_(1e18),
      earliest_beat_(4.0 * std::ceil(beat_of(brief, 0.0) / 4.0 - 1e-6)) {
  furnish(style_, palette_);
  if (brief.cadence_seconds > 0.0) {
    cadence_beat_ = 4.0 * std::ceil(beat_of(brief, brief.cadence_start_seconds()) / 4.0 - 1e-6);
  }
}

void Composer::pass_to_neighbours(std::vector<VoicedChord>& chords) const {
  const auto pass = [&](plan::Key other, double from, double to) {
    if (other == brief_.key) return;
    const std::optional<plan::Triad> triad = common_chord(brief_.key, other);
    if (!triad) return;
    for (VoicedChord& chord : chords) {
      if (chord.start_beat() < to && chord.end_beat() > from) {
        chord = harmony_.passing(*triad, chord);
      }
    }
  };
  const auto seconds = [&](std::int64_t frames) {
    return static_cast<double>(frames) / brief_.sample_rate;
  };
  const double start = brief_.start_seconds, end = start + brief_.length_seconds();
  pass(brief_.key_before, beat_of(brief_, start),
       beat_of(brief_, start + seconds(brief_.overlap_in)));
  pass(brief_.key_after, beat_of(brief_, end - seconds(brief_.overlap_out)), beat_of(brief_, end));
}

std::vector<Note> Composer::phrase_notes(std::int64_t number) const {
  std::vector<VoicedChord> chords = harmony_.phrase(number);
  pass_to_neighbours(chords);
  const Phrase phrase{brief_, style_, palette_, arcs_, harmony_, number, chords};
  std::vector<Note> notes;
  write_pads(phrase, notes);
  write_bass(phrase, notes);
  write_lead(phrase, notes);
  write_ostinato(phrase, notes);
  write_percussion(phrase, notes);
  return notes;
}

std::vector<Note> Composer::notes(double from, double to) const {
  std::vector<Note> chosen;
  const auto bar_of = [](double beat) { return static_cast<std::int64_t>(std::floor(beat / 4.0)); };
  const std::int64_t first = harmony_.phrase_of_bar(bar_of(from));
  const std::int64_t last = harmony_.phrase_of_bar(bar_of(to));
  for (std::int64_t number = first; number <= last; ++number) {
    for (Note note : phrase_notes(number)) {
      if (note.beat < earliest_beat_ || note.beat >= cadence_beat_ - 0.1) continue;
      if (swings(note.layer)) note.beat = swung(note.beat, style_.swing);
      note.beats = std::min(note.beats, cadence_beat_ - note.beat);
      if (note.beat < to && note.beat + note.beats > from) chosen.push_back(note);
    }
  }
  if (cadence_beat_ < to) write_ending(chosen);
  std::stable_sort(chosen.begin(), chosen.end(),
                   [](const Note& a, const Note& b) { return a.beat < b.beat; });
  return chosen;
}

void Composer::write_ending(std::vector<Note>& notes) const {
  const double end = beat_of(brief_, brief_.session_seconds) + 4.0;
  const Random stream = Random(brief_.seed).fork("ending");
  std::uint64_t count = 0;
  const auto add = [&](Layer layer, int pitch, double late, double velocity, float pan) {
    Note note;
    note.layer = layer;
    note.beat = cadence_beat_ + late;
    note.beats = end - note.beat;
    note.pitch = pitch;
    note.velocity = static_cast<float>(velocity);
    note.pan = pan;
    note.key = note_key(stream.fork(++count));
    notes.push_back(note);
  };
  const VoicedChord& tonic = harmony_.anchor();
  for (std::size_t v = 0; style_.pad && v < VoicedChord::kVoices; ++v) {
    add(Layer::pad, tonic.pitches[v], 0.08 * static_cast<double>(v), 0.55,
        v % 2 == 0 ? -0.4f : 0.4f);
  }
  if (style_.bass != BassFigure::none) {
    add(Layer::bass, 33 + wrap(palette_.key.tonic - 33, 12), 0.0, 0.5, 0.0f);
  }
  if (style_.lead_per_bar > 0.0 && !style_.sinks) {
    // A last note of the melody, on the tonic.
    const int low = palette_.lead_centre - 6;
    add(Layer::lead, low + wrap(palette_.key.tonic - low, 12), 0.5, 0.45, 0.1f);
  }
}

}  // namespace focus::core::engines::studio
