// SPDX-License-Identifier: MIT
// The melody: statements of two motifs, varied a little each time and placed on the scale so that
// notes on strong beats belong to the chord.
//
// A statement is placed by search. The pitches of the scale within the lead's register are a
// ladder; a motif is a list of steps on it, so that the rung of its first note determines the
// whole. Every rung, and every start from the earliest to some beats later, has a cost, and the
// cheapest place is taken. Where there are few notes the melody is "faithful": it keeps the
// intervals of the motif, because a slow tune is recognised by them.
//
// The order in which random numbers are drawn, and the labels of the forks, are part of the music:
// another order is another melody.
#include <algorithm>
#include <cmath>
#include <cstdlib>

#include "dsp/math.h"
#include "engines/studio/score/part.h"
#include "engines/studio/score/scale.h"

namespace focus::core::studio {
namespace {

// Costs of a place for a motif. Only their ratios matter; about 0.35 is one semitone.
constexpr double kCostNoPlace = 1e9;
constexpr double kCostOffLadder = 12.0;        // a note outside the register
constexpr double kCostStrongDissonance = 9.0;  // a note on a strong beat that is not in the chord
constexpr double kCostLongDissonance = 1.0;    // a long note that is not in the chord
constexpr double kCostBentInterval = 3.5;      // an interval that differs from the motif's
constexpr double kCostBentFaithful = 14.0;     // the same in a faithful melody
constexpr double kCostFromCentre = 0.06;       // a semitone away from the lead's centre
constexpr double kCostLeap = 0.35;             // a semitone from the note before
constexpr double kCostWideLeap = 25.0;         // a leap of more than kWidestLeap
constexpr double kCostDelay = 0.3;             // a beat later than the earliest start
constexpr double kCostElsewhere = 3.0;         // a repetition that begins on another rung
constexpr double kCostWrongHome =
    6.0;  // at home though it should be abroad, or the other way round
// Costs of a home for a faithful motif.
constexpr double kCostHomeDissonance =
    4.0;                                 // a note on a strong beat that is not in the tonic chord
constexpr double kCostFromMiddle = 0.1;  // a rung away from the middle of the ladder
constexpr double kCostHomeAlike = -2.0;  // another rung with the same intervals: a gain
constexpr int kWidestLeap = 7;           // a fifth
constexpr double kLongNote = 1.5;        // beats
constexpr double kLatestDelay = 13.0;    // beats

// Shares of the ways to vary a motif, cumulated.
constexpr double kOtherEnd = 0.27;
constexpr double kInverted = 0.45;
constexpr double kHeadAlone = 0.72;

/// Below this there is one tune, which is played faithfully.
constexpr double kSparseNotesPerBar = 1.4;

/// Returns the motif as a statement plays it. `freedom` is the chance that it is varied. Of a slow
/// motif only the end is changed, because it is recognised by its intervals alone.
Motif vary(const Motif& motif, double freedom, bool slow, double room_beats, Random random) {
  Motif varied = motif;
  const double choice = random.uniform() / freedom;
  if (choice < kOtherEnd) {
    const auto last = static_cast<std::size_t>(varied.count - 1);
    varied.step[last] += random.chance(0.5) ? 1 : -2;
  } else if (slow) {
    return motif;
  } else if (choice < kInverted) {
    for (auto& step : varied.step) step = -step;
  } else if (choice < kHeadAlone) {  // and its last note is held longer
    varied.count = std::max(3, varied.count - random.between(1, 2));
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
  /// If `faithful`, the melody keeps the motif's intervals even where a note is not in the chord.
  LeadWriter(const Phrase& phrase, bool faithful)
      : phrase_(phrase),
        faithful_(faithful),
        ladder_(pitches_between(phrase.palette.lead_centre - 10, phrase.palette.lead_centre + 9,
                                phrase.palette.key.tonic, melody_scale(phrase.palette.key.mode))),
        last_(phrase.palette.lead_centre) {}

  /// Writes the notes of the motif, with its first note on rung `first`.
  void state(const Motif& motif, int first, double start, Random random, std::vector<Note>& notes) {
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
      const double shape = dsp::sine_turns(0.5 * (i + 0.7) / (motif.count + 0.4));
      note.velocity = static_cast<float>(std::clamp(
          0.42 + 0.2 * shape + (is_strong(beat) ? 0.06 : 0.0) + 0.07 * own.normal(), 0.15, 0.95));
      note.pan = static_cast<float>(centre + 0.08 * own.normal());
      note.key = note_key(own);
      notes.push_back(note);
      last_ = note.pitch;
    }
  }

  /// A place for a motif: the rung of its first note, and the cost.
  struct Place {
    int first = 0;
    double cost = kCostNoPlace;
  };
  /// Returns the cheapest place for the motif at beat `start`. `strange` returns an additional cost
  /// for each rung. A small random cost decides between places that are equally good.
  template <typename Strange>
  Place place_of(const Motif& motif, int home, double start, int note_before,
                 const Strange& strange, Random random) const {
    Place best;
    for (int first = 0; first < static_cast<int>(ladder_.size()); ++first) {
      double cost = random.uniform(0.0, 1.0) + misfit(motif, home, first, start) + strange(first);
      const int leap = std::abs(pitch_of(motif, 0, first, start) - note_before);
      cost += kCostLeap * leap + (leap > kWidestLeap ? kCostWideLeap : 0.0);
      if (cost < best.cost) best = {first, cost};
    }
    return best;
  }

  /// Returns the rung that defines the intervals of a faithful motif: one over the tonic chord,
  /// from which many other rungs have the same intervals.
  int home_of(const Motif& motif) const {
    const int middle = static_cast<int>(ladder_.size()) / 2;
    if (!faithful_) return middle;
    int home = middle;
    double least = kCostNoPlace;
    for (int first = 0; first < static_cast<int>(ladder_.size()); ++first) {
      double cost = kCostFromMiddle * std::abs(first - middle);
      for (int i = 0; i < motif.count; ++i) {
        const auto n = static_cast<std::size_t>(i);
        const int index = first + motif.step[n];
        if (!has(index)) cost += kCostOffLadder;
        const bool fits = phrase_.harmony.anchor().contains(rung(index));
        if (!fits && is_strong(motif.beat[n])) cost += kCostHomeDissonance;
      }
      for (int other = 0; other < static_cast<int>(ladder_.size()); ++other) {
        if (sounds_alike(motif, first, other)) cost += kCostHomeAlike;
      }
      if (cost < least) {
        least = cost;
        home = first;
      }
    }
    return home;
  }

  bool faithful() const { return faithful_; }
  int last() const { return last_; }
  /// The pitch on which the motif ends.
  int end_of(const Motif& motif, int first, double start) const {
    return pitch_of(motif, motif.count - 1, first, start);
  }
  /// The interval that leads to it.
  int end_interval(const Motif& motif, int first, double start) const {
    return end_of(motif, first, start) - pitch_of(motif, motif.count - 2, first, start);
  }

 private:
  int rung(int index) const {
    return ladder_[static_cast<std::size_t>(
        std::clamp(index, 0, static_cast<int>(ladder_.size()) - 1))];
  }
  bool has(int index) const { return index >= 0 && index < static_cast<int>(ladder_.size()); }
  /// Whether the motif has the same intervals from both rungs.
  bool sounds_alike(const Motif& motif, int first, int other) const {
    for (int i = 0; i < motif.count; ++i) {
      const int step = motif.step[static_cast<std::size_t>(i)];
      if (!has(other + step)) return false;
      if (rung(first + step) - rung(first) != rung(other + step) - rung(other)) return false;
    }
    return true;
  }
  /// The cost of the motif's notes and intervals, without the way to its first note.
  double misfit(const Motif& motif, int home, int first, double start) const {
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
  /// The pitch of note `i`. On a strong beat it is moved to the nearest tone of the chord; in a
  /// faithful melody only the last note is.
  int pitch_of(const Motif& motif, int i, int first, double start) const {
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

  const Phrase& phrase_;
  bool faithful_;
  std::vector<int> ladder_;
  int last_;
};

/// The place of a statement: its start in beats, and the rung of its first note.
struct Statement {
  double start = 0.0;
  int first = 0;
};

/// Returns the motif with a last note that makes its end at `again` different from that at `stood`.
Motif turned(const LeadWriter& writer, const Motif& motif, const Statement& stood,
             const Statement& again, Random random) {
  static constexpr std::array<int, 6> kTurns = {-1, 1, -2, 2, -3, 3};
  const auto last = static_cast<std::size_t>(motif.count - 1);
  const int end = writer.end_interval(motif, stood.first, stood.start);
  const int from = random.below(4);
  for (int i = 0; i < 6; ++i) {
    Motif answer = motif;
    answer.step[last] += kTurns[static_cast<std::size_t>((from + i) % 6)];
    const int other = writer.end_interval(answer, again.first, again.start);
    if (other != end && other != 0 && std::abs(other) <= 7) return answer;
  }
  return motif;
}

/// Returns the motif with its last note split in two, of which the second goes back by a step.
Motif lengthened(const Motif& motif) {
  Motif longer = motif;
  const auto last = static_cast<std::size_t>(motif.count - 1);
  const double half = 0.5 * motif.length[last];
  longer.count = motif.count + 1;
  longer.length[last] = longer.length[last + 1] = half;
  longer.beat[last + 1] = motif.beat[last] + half;
  longer.step[last + 1] = motif.step[last] + (motif.step[last] > motif.step[last - 1] ? -1 : 1);
  return longer;
}

struct Manner {
  bool twice;   ///< stated twice: an immediate repetition is recognised
  bool turns;   ///< the second statement (or the only one) has another end
  bool abroad;  ///< preferably not on the home rung
};

/// Writes one or two statements of a motif. They begin at `start`, or some beats later (up to
/// `latest`) if that fits better. Returns the beat at which they begin.
double state_motif(LeadWriter& writer, const Motif& motif, const Manner& manner, int home,
                   double start, double latest, Random random, std::vector<Note>& notes) {
  Statement stands, again;
  double least = kCostNoPlace;
  for (double later = 0.0; later < kLatestDelay; later += 1.0) {
    if (later > 0.0 && start + later > latest) break;
    const auto strange = [&](int first) {
      return writer.faithful() && (first == home) == manner.abroad ? kCostWrongHome : 0.0;
    };
    Statement one{start + later, 0};
    Statement two{one.start + motif.span_beats, 0};
    const auto place =
        writer.place_of(motif, home, one.start, writer.last(), strange, random.fork("place"));
    one.first = two.first = place.first;
    double cost = place.cost + kCostDelay * later;
    if (manner.twice) {
      const auto elsewhere = [&](int first) { return first == one.first ? 0.0 : kCostElsewhere; };
      const int before = writer.end_of(motif, one.first, one.start);
      const auto other =
          writer.place_of(motif, home, two.start, before, elsewhere, random.fork("again"));
      two.first = other.first;
      cost += other.cost;
    }
    if (cost < least) {
      least = cost;
      stands = one;
      again = two;
    }
  }
  // If there is no place abroad, the statement is at least lengthened or ends differently.
  const bool stuck = manner.abroad && stands.first == home;
  const bool longer = stuck && motif.count < Motif::kMaxNotes;
  Motif said = longer ? lengthened(motif) : motif;
  if (manner.turns && !manner.twice) {
    said = turned(writer, motif, stands, stands, random.fork("turn"));
  }
  writer.state(said, stands.first, stands.start, random.fork("notes"), notes);
  if (!manner.twice) return stands.start;
  const bool turns = manner.turns || (stuck && !longer);
  const Motif answer = turns ? turned(writer, said, stands, again, random.fork("turn")) : said;
  writer.state(answer, again.first, again.start, random.fork("notes again"), notes);
  return stands.start;
}

}  // namespace

void write_lead(const Phrase& phrase, std::vector<Note>& notes) {
  const double per_bar = phrase.style.lead_per_bar;
  const double bars = (phrase.end_beat() - phrase.first_beat()) / 4.0;
  double budget = per_bar * phrase.palette.density * bars;  // notes
  if (budget <= 0.0) return;
  const Random stream = phrase.stream(Decision::motif, "lead");
  // Where there are few notes there is one tune: it keeps its intervals, it is said twice, and it
  // likes to come with the tonic, on which a phrase begins.
  const bool sparse = per_bar < 1.4;
  const double freedom = std::clamp(0.16 * per_bar, 0.14, 0.37);
  constexpr double kGolden = 0.6180339887498949;
  const double even = stream_of(phrase.brief, Decision::motif).fork("thinned").uniform();
  LeadWriter writer(phrase, sparse);
  double beat = phrase.first_beat();
  for (std::uint64_t slot = 0; budget > 0.0; ++slot) {
    Random random = stream.fork(slot);
    const int which = random.chance(1.0 - (sparse ? 0.5 : 0.75) * freedom) ? 0 : 1;
    const Motif& motif = phrase.palette.motifs[static_cast<std::size_t>(which)];
    const Motif varied =
        vary(motif, freedom, sparse, phrase.end_beat() - beat, random.fork("vary"));
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
    // Few statements are thinned evenly, or chance would silence them for minutes.
    const double turn =
        even + kGolden * (2.0 * static_cast<double>(phrase.number) + static_cast<double>(slot));
    const double due = sparse ? turn - std::floor(turn) : random.uniform();
    if (due < phrase.presence(Layer::lead, start)) {
      // Where it is sparse, the answer turns elsewhere only once the ear knows the tune, and every
      // second time the tune rather stands elsewhere.
      const bool odd = (static_cast<std::uint64_t>(phrase.number) + slot) % 2 == 1;
      const bool known = which == 0 && varied.step == motif.step;
      double turning = twice ? 0.6 : 0.3;
      if (sparse) turning = !known ? 0.0 : slot % 2 == 1 ? 1.0 : varied.count > 5 ? 0.4 : 0.0;
      const Manner manner{twice, random.chance(turning), sparse && odd};
      start = state_motif(writer, varied, manner, writer.home_of(motif), start,
                          phrase.end_beat() - span, random, notes);
    }
    budget -= count;
    beat = start + span;
  }
}

}  // namespace focus::core::studio
