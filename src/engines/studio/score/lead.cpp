// SPDX-License-Identifier: MIT
// The melody: statements of two motifs, each time changed a little, laid onto the scale so that
// what falls on a strong beat belongs to the chord.
#include <algorithm>
#include <cmath>
#include <cstdlib>

#include "engines/studio/score/part.h"
#include "engines/studio/score/scale.h"

namespace focus::core::studio {
namespace {

/// A motif as this statement plays it.
Motif vary(const Motif& motif, double room_beats, Random random) {
  Motif varied = motif;
  const double choice = random.uniform();
  if (choice < 0.1) {  // the last note goes elsewhere
    const auto last = static_cast<std::size_t>(varied.count - 1);
    varied.step[last] += random.chance(0.5) ? 1 : -2;
  } else if (choice < 0.17) {  // turned upside down
    for (auto& step : varied.step) step = -step;
  } else if (choice < 0.27) {  // only its head, which waits
    varied.count = std::max(2, varied.count - random.between(1, 2));
    varied.length[static_cast<std::size_t>(varied.count - 1)] += 1.0;
  } else if (choice < 0.37 && 2.0 * motif.span_beats <= room_beats) {  // twice as slow
    for (auto& beat : varied.beat) beat *= 2.0;
    for (auto& length : varied.length) length *= 2.0;
    varied.span_beats *= 2.0;
  }
  return varied;
}

bool is_strong(double beat) { return std::fabs(beat * 0.5 - std::round(beat * 0.5)) < 0.07; }

class LeadWriter {
 public:
  explicit LeadWriter(const Phrase& phrase)
      : phrase_(phrase),
        ladder_(pitches_between(phrase.palette.lead_centre - 10, phrase.palette.lead_centre + 9,
                                phrase.palette.key.tonic, melody_scale(phrase.palette.key.mode))),
        home_(static_cast<int>(ladder_.size()) / 2),
        last_(phrase.palette.lead_centre) {}

  void state(const Motif& motif, double start, Random random, std::vector<Note>& notes) {
    const int first = best_place(motif, start, random.fork("place"));
    const double centre = random.uniform(-0.2, 0.2);
    for (int i = 0; i < motif.count; ++i) {
      const auto n = static_cast<std::size_t>(i);
      const double beat = start + motif.beat[n];
      if (beat >= phrase_.end_beat() - 0.25) break;
      Random own = random.fork(n);
      Note note;
      note.layer = Layer::lead;
      note.pitch = pitch_at(first + motif.step[n], beat);
      const double wander = phrase_.style.felt_pulse ? 0.018 : 0.05;
      note.beat = std::max(phrase_.brief.first_bar == 0 ? 0.0 : -1e9, beat + wander * own.normal());
      note.beats = motif.length[n] * 1.1;
      const double shape = std::sin(3.14159 * (i + 0.7) / (motif.count + 0.4));
      note.velocity = static_cast<float>(std::clamp(
          0.42 + 0.2 * shape + (is_strong(beat) ? 0.06 : 0.0) + 0.07 * own.normal(), 0.15, 0.95));
      note.pan = static_cast<float>(centre + 0.08 * own.normal());
      note.key = note_key(own);
      notes.push_back(note);
      last_ = note.pitch;
    }
  }

 private:
  int rung(int index) const {
    return ladder_[static_cast<std::size_t>(
        std::clamp(index, 0, static_cast<int>(ladder_.size()) - 1))];
  }
  /// On a strong beat the nearest tone of the chord.
  int pitch_at(int index, double beat) const {
    const int pitch = rung(index);
    const VoicedChord& chord = phrase_.chord_at(beat);
    if (!is_strong(beat) || chord.contains(pitch)) return pitch;
    for (int distance = 1; distance < 7; ++distance) {
      for (const int other : {pitch - distance, pitch + distance}) {
        if (chord.contains(other)) return other;
      }
    }
    return pitch;
  }
  /// The rung from which the motif fits best: its strong notes in the chord, near the last note,
  /// within the register.
  int best_place(const Motif& motif, double start, Random random) const {
    int best = 0;
    double best_cost = 1e9;
    for (int first = 0; first < static_cast<int>(ladder_.size()); ++first) {
      double cost = random.uniform(0.0, 1.5);
      for (int i = 0; i < motif.count; ++i) {
        const auto n = static_cast<std::size_t>(i);
        const int index = first + motif.step[n];
        if (index < 0 || index >= static_cast<int>(ladder_.size())) cost += 12.0;
        const double beat = start + motif.beat[n];
        const bool fits = phrase_.chord_at(beat).contains(rung(index));
        if (!fits && is_strong(beat)) cost += 9.0;
        if (!fits && motif.length[n] >= 1.5) cost += 2.0;
        cost += 0.08 * std::abs(rung(index) - phrase_.palette.lead_centre);
      }
      // The ear knows a tune by its intervals: rather the places where they stay what they are.
      for (int i = 1; i < motif.count; ++i) {
        const auto n = static_cast<std::size_t>(i);
        const int here = pitch_at(first + motif.step[n], start + motif.beat[n]) -
                         pitch_at(first + motif.step[n - 1], start + motif.beat[n - 1]);
        const int at_home = rung(home_ + motif.step[n]) - rung(home_ + motif.step[n - 1]);
        if (here != at_home) cost += 1.6;
      }
      const int leap = std::abs(pitch_at(first, start) - last_);
      cost += 0.35 * leap + (leap > 7 ? 15.0 : 0.0);
      if (cost < best_cost) {
        best_cost = cost;
        best = first;
      }
    }
    return best;
  }

  const Phrase& phrase_;
  std::vector<int> ladder_;
  int home_;  ///< the rung on which the motifs were thought of
  int last_;
};

}  // namespace

void write_lead(const Phrase& phrase, std::vector<Note>& notes) {
  const double per_bar = phrase.style.lead_per_bar * phrase.palette.density;
  if (per_bar <= 0.0) return;
  const Random stream = phrase.stream(Decision::motif, "lead");
  LeadWriter writer(phrase);
  double beat = phrase.first_beat();
  for (std::uint64_t slot = 0; beat < phrase.end_beat() - 1.0; ++slot) {
    Random random = stream.fork(slot);
    const Motif& motif = phrase.palette.motifs[random.chance(0.72) ? 0 : 1];
    const Motif varied = vary(motif, phrase.end_beat() - beat, random.fork("vary"));
    const double wanted = varied.count / per_bar * 4.0;  // beats from statement to statement
    const double silence = std::max(0.0, wanted - varied.span_beats);
    // The silence lies before or after, so that statements do not come on every same bar.
    const double before = 2.0 * std::floor(random.uniform() * silence * 0.5 + 0.25);
    const double start = beat + before;
    if (start + 2.0 > phrase.end_beat()) break;
    if (random.chance(phrase.presence(Layer::lead, start))) {
      writer.state(varied, start, random.fork("notes"), notes);
    }
    beat += std::max(2.0, 2.0 * std::round((varied.span_beats + silence) * 0.5));
  }
}

}  // namespace focus::core::studio
