// SPDX-License-Identifier: MIT
#include "engines/studio/score/composer.h"

#include <algorithm>
#include <cmath>

#include "engines/studio/score/bend.h"
#include "engines/studio/score/casting.h"
#include "engines/studio/score/part.h"
#include "engines/studio/score/scale.h"

namespace focus::core::engines::studio {
namespace {

/// How long before the segment its music is looked for: what sounds at its start has begun earlier.
constexpr std::int64_t kLeadInHundredths = 4000;
constexpr std::int64_t kLongestRing = 2;  // bars

/// The form of a brief that has none, with the bars of its grid.
plan::SharedForm form_of(const plan::Brief& brief) {
  if (brief.form) return brief.form;
  auto form = std::make_shared<plan::Form>(brief.session_seconds);
  plan::Movement& only = form->movement(0);
  only.first_bar = brief.first_bar - std::llround(brief.start_seconds / brief.bar_seconds);
  only.end_bar = only.first_bar + std::llround(brief.session_seconds / brief.bar_seconds);
  return plan::SharedForm(std::shared_ptr<const plan::Form>(std::move(form)));
}

/// The key of the movement after this one; nothing if it is the last of its phase.
std::optional<plan::Key> key_after(const plan::Form& form, const plan::Movement& movement,
                                   plan::Key home) {
  for (const plan::Movement& next : form.movements()) {
    if (next.phase == movement.phase && next.number == movement.number + 1) {
      return next.key_in(home);
    }
  }
  return std::nullopt;
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

Composer::Music::Music(const Composer& composer, const plan::Movement& of)
    : movement(of),
      palette(draw_palette(composer.brief_, composer.style_, of)),
      phrases(phrases_between(of.first_bar, of.end_bar, palette.phrase_bars(),
                              stream_of(composer.brief_, plan::Decision::chords, of)
                                  .fork("phrases")
                                  .fork(static_cast<std::uint64_t>(of.number)))),
      harmony({composer.brief_, composer.style_, palette, *composer.form_, movement, phrases,
               key_after(*composer.form_, of, composer.brief_.home)}) {}

Composer::Composer(const plan::Brief& brief)
    : brief_(brief),
      clock_(brief),
      form_(form_of(brief)),
      style_(style_of(brief)),
      arcs_(brief, style_),
      cadence_beat_(1e18),
      earliest_beat_(4.0 * std::ceil(beat_at(0.0) / 4.0 - 1e-6)) {
  const std::int64_t begin = std::llround(100.0 * brief.start_seconds) - kLeadInHundredths;
  const std::int64_t end = std::llround(100.0 * (brief.start_seconds + brief.length_seconds()));
  for (const plan::Movement& movement : form_->movements()) {
    const bool is_heard = movement.start < end && movement.end > begin;
    if (movement.phase == brief.phase && is_heard) movements_.emplace_back(*this, movement);
  }
  if (movements_.empty())
    movements_.emplace_back(*this, form_->at(begin + kLeadInHundredths, brief.phase));
  furnish(style_, movements_.front().palette);
  if (brief.cadence_seconds > 0.0) {
    cadence_beat_ = 4.0 * std::ceil(beat_at(brief.cadence_start_seconds()) / 4.0 - 1e-6);
  }
}

double Composer::beat_at(double seconds) const {
  return clock_.beat_of(std::llround(seconds * brief_.sample_rate));
}

void Composer::pass_to_neighbours(const Music& music, std::vector<VoicedChord>& chords) const {
  const auto pass = [&](plan::Key home, double from, double to) {
    if (home == brief_.home) return;
    const plan::Key other = music.movement.key_in(home);
    const std::optional<plan::Triad> triad = common_chord(music.palette.key, other);
    if (!triad) return;
    for (VoicedChord& chord : chords) {
      if (chord.start_beat() < to && chord.end_beat() > from) {
        chord = music.harmony.passing(*triad, chord);
      }
    }
  };
  const auto seconds = [&](std::int64_t frames) {
    return static_cast<double>(frames) / brief_.sample_rate;
  };
  const double start = brief_.start_seconds, end = start + brief_.length_seconds();
  pass(brief_.home_before, beat_at(start), beat_at(start + seconds(brief_.overlap_in)));
  pass(brief_.home_after, beat_at(end - seconds(brief_.overlap_out)), beat_at(end));
}

std::vector<Note> Composer::phrase_notes(const Music& music, const PhrasePlace& place) const {
  std::vector<VoicedChord> chords = music.harmony.phrase(place.number);
  pass_to_neighbours(music, chords);
  const Phrase phrase{brief_,        style_,        arcs_, *form_, music.movement,
                      music.palette, music.harmony, place, chords};
  std::vector<Note> notes;
  write_lead(phrase, notes);
  write_pads(phrase, notes);  // under the melody
  write_bass(phrase, notes);
  write_ostinato(phrase, notes);
  write_percussion(phrase, notes);
  cast(phrase, notes);
  return notes;
}

std::vector<Note> Composer::notes(double from, double to) const {
  std::vector<Note> chosen;
  for (const Music& music : movements_) {
    for (const PhrasePlace& place : music.phrases) {
      // What was played at the end of a phrase may sound into the next one.
      if (4.0 * static_cast<double>(place.end_bar() + kLongestRing) <= from) continue;
      if (4.0 * static_cast<double>(place.first_bar) >= to) break;
      for (Note note : phrase_notes(music, place)) {
        if (note.beat < earliest_beat_ || note.beat >= cadence_beat_ - 0.1) continue;
        if (swings(note.layer)) note.beat = swung(note.beat, style_.swing);
        note.beats = std::min(note.beats, cadence_beat_ - note.beat);
        if (note.beat < to && note.beat + note.beats > from) chosen.push_back(note);
      }
    }
  }
  if (cadence_beat_ < to) write_ending(chosen);
  std::stable_sort(chosen.begin(), chosen.end(),
                   [](const Note& a, const Note& b) { return a.beat < b.beat; });
  return chosen;
}

void Composer::write_ending(std::vector<Note>& notes) const {
  const Music& last = movements_.back();
  const double end = beat_at(brief_.session_seconds) + 4.0;
  const Random stream = Random(brief_.seed).fork("ending");
  std::uint64_t count = 0;
  const auto add = [&](Layer layer, int pitch, double late, double velocity, float pan) {
    Note note;
    note.layer = layer;
    note.sound = sound_of(last.palette, layer);
    note.beat = cadence_beat_ + late;
    note.beats = end - note.beat;
    note.pitch = pitch;
    note.velocity = static_cast<float>(velocity);
    note.pan = pan;
    note.key = note_key(stream.fork(++count));
    notes.push_back(note);
  };
  const VoicedChord& tonic = last.harmony.final_chord();
  for (std::size_t v = 0; style_.pad && v < VoicedChord::kVoices; ++v) {
    add(Layer::pad, tonic.pitches[v], 0.08 * static_cast<double>(v), 0.55,
        v % 2 == 0 ? -0.4f : 0.4f);
  }
  if (style_.bass != BassFigure::none) {
    add(Layer::bass, 33 + wrap(last.palette.key.tonic - 33, 12), 0.0, 0.5, 0.0f);
  }
  if (style_.lead_per_bar > 0.0 && !style_.sinks) {
    // A last note of the melody, on the tonic.
    const int low = last.palette.lead_centre - 6;
    add(Layer::lead, low + wrap(last.palette.key.tonic - low, 12), 0.5, 0.45, 0.1f);
  }
}

}  // namespace focus::core::engines::studio
