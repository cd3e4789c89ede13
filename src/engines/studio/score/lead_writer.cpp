// SPDX-License-Identifier: MIT
#include "engines/studio/score/lead_writer.h"

#include <algorithm>
#include <cmath>

#include "dsp/math.h"
#include "engines/studio/score/scale.h"

namespace focus::core::engines::studio {
namespace {

// Costs of a place for a motif. Only their ratios matter.
constexpr double kCostOffLadder = 12.0;        // a note outside the register
constexpr double kCostStrongDissonance = 9.0;  // a note on a strong beat that is not in the chord
constexpr double kCostLongDissonance = 1.0;    // a long note that is not in the chord
constexpr double kCostBentInterval = 3.5;      // an interval that differs from the motif's
constexpr double kCostBentFaithful = 14.0;     // the same in a faithful melody
constexpr double kCostFromCentre = 0.06;       // per semitone from the lead's centre
constexpr double kCostLeap = 0.35;             // per semitone from the note before
constexpr double kCostWideLeap = 25.0;         // a leap of more than kWidestLeap
// Costs of a home for a faithful motif.
constexpr double kCostHomeDissonance = 4.0;  // a strong note that is not in the tonic chord
constexpr double kCostFromMiddle = 0.1;      // per rung from the middle of the ladder
constexpr double kCostHomeAlike = -2.0;      // per rung with the same intervals: a gain

constexpr int kWidestLeap = 7;     // a fifth, in semitones
constexpr double kLongNote = 1.5;  // in beats
constexpr int kReachDown = 10;     // of the ladder below the lead's centre, in semitones
constexpr int kReachUp = 9;

/// Whether a beat is the first or the third of its bar, or very close to it.
bool is_strong(double beat) { return std::fabs(beat * 0.5 - std::round(beat * 0.5)) < 0.07; }

}  // namespace

LeadWriter::LeadWriter(const Phrase& phrase, bool faithful)
    : phrase_(phrase),
      faithful_(faithful),
      ladder_(pitches_between(phrase.palette.lead_centre - kReachDown,
                              phrase.palette.lead_centre + kReachUp, phrase.palette.key.tonic,
                              melody_scale(phrase.palette.key.mode))),
      last_(phrase.palette.lead_centre) {}

void LeadWriter::state(const Motif& motif, int first, double start, Random random,
                       std::vector<Note>& notes) {
  const double centre = random.uniform(-0.12, 0.12);
  for (int i = 0; i < motif.count; ++i) {
    const auto n = static_cast<std::size_t>(i);
    const double beat = start + motif.beat[n];
    if (beat >= phrase_.end_beat() - 0.25) break;
    Random own = random.fork(n);
    Note note;
    note.layer = Layer::lead;
    note.pitch = pitch_of(motif, i, first, start);
    const double wander = phrase_.style.felt_pulse ? 0.018 : 0.05;
    note.beat = std::max(phrase_.brief.first_bar == 0 ? 0.0 : -1e9, beat + wander * own.normal());
    note.beats = motif.length[n] * 1.1;
    // The motif swells towards its middle; strong beats are a little louder.
    const double shape = dsp::sine_turns(0.5 * (i + 0.7) / (motif.count + 0.4));
    note.velocity = static_cast<float>(std::clamp(
        0.42 + 0.2 * shape + (is_strong(beat) ? 0.06 : 0.0) + 0.07 * own.normal(), 0.15, 0.95));
    note.pan = static_cast<float>(centre + 0.08 * own.normal());
    note.key = note_key(own);
    notes.push_back(note);
    last_ = note.pitch;
  }
}

int LeadWriter::home_of(const Motif& motif) const {
  const int middle = rungs() / 2;
  if (!faithful_) return middle;
  int home = middle;
  double least = kCostNoPlace;
  for (int first = 0; first < rungs(); ++first) {
    double cost = kCostFromMiddle * std::abs(first - middle);
    for (int i = 0; i < motif.count; ++i) {
      const auto n = static_cast<std::size_t>(i);
      const int index = first + motif.step[n];
      if (!has(index)) cost += kCostOffLadder;
      const bool fits = phrase_.harmony.anchor().contains(rung(index));
      if (!fits && is_strong(motif.beat[n])) cost += kCostHomeDissonance;
    }
    for (int other = 0; other < rungs(); ++other) {
      if (sounds_alike(motif, first, other)) cost += kCostHomeAlike;
    }
    if (cost < least) {
      least = cost;
      home = first;
    }
  }
  return home;
}

int LeadWriter::end_of(const Motif& motif, int first, double start) const {
  return pitch_of(motif, motif.count - 1, first, start);
}

int LeadWriter::end_interval(const Motif& motif, int first, double start) const {
  return end_of(motif, first, start) - pitch_of(motif, motif.count - 2, first, start);
}

int LeadWriter::rung(int index) const {
  return ladder_[static_cast<std::size_t>(std::clamp(index, 0, rungs() - 1))];
}

bool LeadWriter::sounds_alike(const Motif& motif, int first, int other) const {
  for (int i = 0; i < motif.count; ++i) {
    const int step = motif.step[static_cast<std::size_t>(i)];
    if (!has(other + step)) return false;
    if (rung(first + step) - rung(first) != rung(other + step) - rung(other)) return false;
  }
  return true;
}

double LeadWriter::misfit(const Motif& motif, int home, int first, double start) const {
  double cost = 0.0;
  for (int i = 0; i < motif.count; ++i) {
    const auto n = static_cast<std::size_t>(i);
    const int index = first + motif.step[n];
    if (!has(index)) cost += kCostOffLadder;
    const double beat = start + motif.beat[n];
    const int pitch = faithful_ ? pitch_of(motif, i, first, start) : rung(index);
    const bool fits = phrase_.chord_at(beat).contains(pitch);
    if (!fits && is_strong(beat)) cost += kCostStrongDissonance;
    if (!fits && motif.length[n] >= kLongNote) cost += kCostLongDissonance;
    cost += kCostFromCentre * std::abs(rung(index) - phrase_.palette.lead_centre);
  }
  // A tune is recognised by its intervals, so places that keep them are preferred.
  for (int i = 1; i < motif.count; ++i) {
    const auto n = static_cast<std::size_t>(i);
    const int here = pitch_of(motif, i, first, start) - pitch_of(motif, i - 1, first, start);
    const int at_home = rung(home + motif.step[n]) - rung(home + motif.step[n - 1]);
    if (here != at_home) cost += faithful_ ? kCostBentFaithful : kCostBentInterval;
  }
  return cost;
}

double LeadWriter::leap_cost(int semitones) {
  return kCostLeap * semitones + (semitones > kWidestLeap ? kCostWideLeap : 0.0);
}

int LeadWriter::pitch_of(const Motif& motif, int i, int first, double start) const {
  const auto n = static_cast<std::size_t>(i);
  const double beat = start + motif.beat[n];
  const int pitch = rung(first + motif.step[n]);
  const VoicedChord& chord = phrase_.chord_at(beat);
  const bool bends = is_strong(beat) && (!faithful_ || i == motif.count - 1);
  if (!bends || chord.contains(pitch)) return pitch;
  for (int distance = 1; distance < 7; ++distance) {
    for (const int other : {pitch - distance, pitch + distance}) {
      if (chord.contains(other)) return other;
    }
  }
  return pitch;
}

}  // namespace focus::core::engines::studio
