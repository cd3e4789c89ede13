// SPDX-License-Identifier: MIT
// The melody: statements of two motifs, each time changed a little, laid onto the scale so that
// what falls on a strong beat belongs to the chord.
#include <algorithm>
#include <cmath>
#include <cstdlib>

#include "dsp/math.h"
#include "engines/studio/score/part.h"
#include "engines/studio/score/scale.h"

namespace focus::core::studio {
namespace {

/// A motif as this statement plays it; `freedom` is the chance that it is not the motif itself.
Motif vary(const Motif& motif, double freedom, double room_beats, Random random) {
  Motif varied = motif;
  const double choice = random.uniform() / freedom;
  if (choice < 0.27) {  // the last note goes elsewhere
    const auto last = static_cast<std::size_t>(varied.count - 1);
    varied.step[last] += random.chance(0.5) ? 1 : -2;
  } else if (choice < 0.45) {  // turned upside down
    for (auto& step : varied.step) step = -step;
  } else if (choice < 0.72) {  // only its head, which waits
    varied.count = std::max(2, varied.count - random.between(1, 2));
    varied.length[static_cast<std::size_t>(varied.count - 1)] += 1.0;
  } else if (choice < 1.0 && 2.0 * motif.span_beats <= room_beats) {  // twice as slow
    for (auto& beat : varied.beat) beat *= 2.0;
    for (auto& length : varied.length) length *= 2.0;
    varied.span_beats *= 2.0;
  }
  return varied;
}

bool is_strong(double beat) { return std::fabs(beat * 0.5 - std::round(beat * 0.5)) < 0.07; }

class LeadWriter {
 public:
  /// `faith` is what each interval costs that is not the motif's own.
  LeadWriter(const Phrase& phrase, double faith)
      : phrase_(phrase),
        faith_(faith),
        ladder_(pitches_between(phrase.palette.lead_centre - 10, phrase.palette.lead_centre + 9,
                                phrase.palette.key.tonic, melody_scale(phrase.palette.key.mode))),
        home_(static_cast<int>(ladder_.size()) / 2),
        last_(phrase.palette.lead_centre) {}

  /// States the motif from rung `first` on.
  void state(const Motif& motif, int first, double start, Random random, std::vector<Note>& notes) {
    const double centre = random.uniform(-0.12, 0.12);
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
      const double shape = dsp::sine_turns(0.5 * (i + 0.7) / (motif.count + 0.4));
      note.velocity = static_cast<float>(std::clamp(
          0.42 + 0.2 * shape + (is_strong(beat) ? 0.06 : 0.0) + 0.07 * own.normal(), 0.15, 0.95));
      note.pan = static_cast<float>(centre + 0.08 * own.normal());
      note.key = note_key(own);
      notes.push_back(note);
      last_ = note.pitch;
    }
  }

  /// Where a motif may stand: the rung of its first note, and what speaks against it.
  struct Place {
    int first = 0;
    double cost = 1e9;
  };
  /// The rung from which the motif fits best: its strong notes in the chord, near the last note,
  /// within the register.
  Place place_of(const Motif& motif, double start, Random random) const {
    Place best;
    for (int first = 0; first < static_cast<int>(ladder_.size()); ++first) {
      double cost = random.uniform(0.0, 1.0) + misfit(motif, first, start);
      const int leap = std::abs(pitch_at(first, start) - last_);
      cost += 0.35 * leap + (leap > 7 ? 25.0 : 0.0);
      if (cost < best.cost) best = {first, cost};
    }
    return best;
  }

  /// Whether the motif sounds the same at `again` as at `start`.
  bool fits(const Motif& motif, int first, double start, double again) const {
    for (int i = 0; i < motif.count; ++i) {
      const auto n = static_cast<std::size_t>(i);
      const int index = first + motif.step[n];
      if (pitch_at(index, start + motif.beat[n]) != pitch_at(index, again + motif.beat[n])) {
        return false;
      }
    }
    return true;
  }

 private:
  int rung(int index) const {
    return ladder_[static_cast<std::size_t>(
        std::clamp(index, 0, static_cast<int>(ladder_.size()) - 1))];
  }
  double misfit(const Motif& motif, int first, double start) const {
    double cost = 0.0;
    for (int i = 0; i < motif.count; ++i) {
      const auto n = static_cast<std::size_t>(i);
      const int index = first + motif.step[n];
      if (index < 0 || index >= static_cast<int>(ladder_.size())) cost += 12.0;
      const double beat = start + motif.beat[n];
      const bool fits = phrase_.chord_at(beat).contains(rung(index));
      if (!fits && is_strong(beat)) cost += 9.0;
      if (!fits && motif.length[n] >= 1.5) cost += 1.0;
      cost += 0.06 * std::abs(rung(index) - phrase_.palette.lead_centre);
    }
    // The ear knows a tune by its intervals: rather the places where they stay what they are.
    for (int i = 1; i < motif.count; ++i) {
      const auto n = static_cast<std::size_t>(i);
      const int here = pitch_at(first + motif.step[n], start + motif.beat[n]) -
                       pitch_at(first + motif.step[n - 1], start + motif.beat[n - 1]);
      const int at_home = rung(home_ + motif.step[n]) - rung(home_ + motif.step[n - 1]);
      if (here != at_home) cost += faith_;
    }
    return cost;
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

  const Phrase& phrase_;
  double faith_;
  std::vector<int> ladder_;
  int home_;  ///< the rung on which the motifs were thought of
  int last_;
};

/// States a motif, and where `twice` once more with an answer: the ear knows again what it has just
/// heard. Gives where it begins, at `start` or a beat or two later, where it fits better.
double state_motif(LeadWriter& writer, const Motif& motif, bool twice, double start, double latest,
                   Random random, std::vector<Note>& notes) {
  LeadWriter::Place place = writer.place_of(motif, start, random.fork("place"));
  for (const double later : {1.0, 2.0, 3.0}) {
    if (start + later > latest) break;
    const auto other = writer.place_of(motif, start + later, random.fork("place"));
    if (other.cost + 1.0 < place.cost) {
      place = other;
      start += later;
      break;
    }
  }
  writer.state(motif, place.first, start, random.fork("notes"), notes);
  if (!twice) return start;
  const double again = start + motif.span_beats;
  const int first = writer.fits(motif, place.first, start, again)
                        ? place.first
                        : writer.place_of(motif, again, random.fork("again")).first;
  Motif answer = motif;
  if (random.chance(0.3)) answer.step[static_cast<std::size_t>(motif.count - 1)] -= 1;
  writer.state(answer, first, again, random.fork("notes again"), notes);
  return start;
}

}  // namespace

void write_lead(const Phrase& phrase, std::vector<Note>& notes) {
  const double per_bar = phrase.style.lead_per_bar;
  const double bars = (phrase.end_beat() - phrase.first_beat()) / 4.0;
  double budget = per_bar * phrase.palette.density * bars;  // notes
  if (budget <= 0.0) return;
  const Random stream = phrase.stream(Decision::motif, "lead");
  // Where there are few notes there is one tune: it stays what it is, it is said twice, and it
  // likes to come with the tonic, on which a phrase begins.
  const bool sparse = per_bar < 1.4;
  const double freedom = std::clamp(0.16 * per_bar, 0.14, 0.37);
  LeadWriter writer(phrase, sparse ? 7.0 : 3.5);
  double beat = phrase.first_beat();
  for (std::uint64_t slot = 0; budget > 0.0; ++slot) {
    Random random = stream.fork(slot);
    const Motif& motif = phrase.palette.motifs[random.chance(1.0 - 0.75 * freedom) ? 0 : 1];
    const Motif varied = vary(motif, freedom, phrase.end_beat() - beat, random.fork("vary"));
    const bool twice =
        random.chance(sparse ? 0.95 : 0.6) && beat + 2.0 * varied.span_beats <= phrase.end_beat();
    const int count = twice ? 2 * varied.count : varied.count;
    const double span = twice ? 2.0 * varied.span_beats : varied.span_beats;
    if (!random.chance(budget / count)) break;
    // What time is left lies before, between and after the statements that are still to come.
    const double left = std::max(1.0, budget / count);
    const double silence = std::max(0.0, phrase.end_beat() - beat - left * span);
    double start = beat + 2.0 * std::floor(random.uniform() * silence / (left + 1.0) + 0.25);
    if (sparse && slot == 0 && random.chance(0.65)) start = beat;
    if (start + 2.0 > phrase.end_beat()) break;
    if (random.chance(phrase.presence(Layer::lead, start))) {
      start = state_motif(writer, varied, twice, start, phrase.end_beat() - span, random, notes);
    }
    budget -= count;
    beat = start + span;
  }
}

}  // namespace focus::core::studio
