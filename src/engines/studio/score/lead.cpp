// SPDX-License-Identifier: MIT
// The melody: statements of two motifs, varied a little each time and placed on the scale so that
// notes on strong beats belong to the chord (see LeadWriter).
//
// Where there are few notes the melody is "sparse": one tune, which keeps its intervals, because a
// slow tune is recognised by them.
//
// The order in which random numbers are drawn and the labels of the forks are part of the music. A
// different order gives a different melody.
#include <algorithm>
#include <array>
#include <cmath>

#include "engines/studio/score/lead_writer.h"

namespace focus::core::engines::studio {
namespace {

// Costs of a statement, beside those of its place.
constexpr double kCostDelay = 0.3;      // per beat after the earliest start
constexpr double kCostElsewhere = 3.0;  // a repetition that begins on another rung
constexpr double kCostWrongHome = 6.0;  // at home if it should be abroad, and the reverse
constexpr double kLatestDelay = 13.0;   // in beats

// Shares of the ways to vary a motif, cumulated.
constexpr double kOtherEnd = 0.27;
constexpr double kInverted = 0.45;
constexpr double kHeadAlone = 0.72;

/// A melody with fewer notes per bar is sparse.
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

/// The properties of the melody in one phrase.
struct Melody {
  const Phrase& phrase;
  bool sparse;
  double freedom;     ///< the chance that a motif is varied
  double thin_phase;  ///< 0 to 1: where the even thinning of a sparse melody begins
};

/// What is stated next.
struct Choice {
  int which;  ///< the motif's number
  const Motif* motif;
  Motif varied;
  bool twice;

  int notes() const { return twice ? 2 * varied.count : varied.count; }
  double span() const { return twice ? 2.0 * varied.span_beats : varied.span_beats; }
};

Choice choose(const Melody& melody, double beat, Random& random) {
  const double end = melody.phrase.end_beat();
  Choice choice;
  choice.which = random.chance(1.0 - (melody.sparse ? 0.5 : 0.75) * melody.freedom) ? 0 : 1;
  choice.motif = &melody.phrase.palette.motifs[static_cast<std::size_t>(choice.which)];
  choice.varied =
      vary(*choice.motif, melody.freedom, melody.sparse, end - beat, random.fork("vary"));
  choice.twice =
      random.chance(melody.sparse ? 0.95 : 0.6) && beat + 2.0 * choice.varied.span_beats <= end;
  return choice;
}

/// Returns the earliest start of the statement. The silence of the rest of the phrase is divided
/// between the times before, between and after the statements that are still to come. A sparse
/// melody often begins with the phrase, whose first chord is the tonic.
double start_of(const Melody& melody, const Choice& choice, double beat, double budget,
                std::uint64_t slot, Random& random) {
  const double left = std::max(1.0, budget / choice.notes());
  const double silence = std::max(0.0, melody.phrase.end_beat() - beat - left * choice.span());
  const double start = beat + 2.0 * std::floor(random.uniform() * silence / (left + 1.0) + 0.25);
  return melody.sparse && slot == 0 && random.chance(0.65) ? beat : start;
}

/// Whether the statement sounds, given how much of the layer is present. The few statements of a
/// sparse melody are thinned evenly, by a sequence with the golden ratio: chance alone could
/// silence it for minutes.
bool is_present(const Melody& melody, std::uint64_t slot, double start, Random& random) {
  constexpr double kGolden = 0.6180339887498949;
  const double turn =
      melody.thin_phase +
      kGolden * (2.0 * static_cast<double>(melody.phrase.place.number) + static_cast<double>(slot));
  const double due = melody.sparse ? turn - std::floor(turn) : random.uniform();
  return due < melody.phrase.presence(Layer::lead, start);
}

/// In a sparse melody the answer has another end only once the tune is known, and every second
/// statement is preferably abroad.
Manner manner_of(const Melody& melody, const Choice& choice, std::uint64_t slot, Random& random) {
  const bool odd = (static_cast<std::uint64_t>(melody.phrase.place.number) + slot) % 2 == 1;
  const bool known = choice.which == 0 && choice.varied.step == choice.motif->step;
  double turning = choice.twice ? 0.6 : 0.3;
  if (melody.sparse) {
    turning = !known ? 0.0 : slot % 2 == 1 ? 1.0 : choice.varied.count > 5 ? 0.4 : 0.0;
  }
  return {choice.twice, random.chance(turning), melody.sparse && odd};
}

}  // namespace

void write_lead(const Phrase& phrase, std::vector<Note>& notes) {
  const double per_bar = phrase.style.lead_per_bar;
  const double bars = (phrase.end_beat() - phrase.first_beat()) / 4.0;
  double budget = per_bar * phrase.palette.density * bars;  // notes
  if (budget <= 0.0) return;
  const Random stream = phrase.stream(plan::Decision::motif, "lead");
  const Melody melody{phrase, per_bar < kSparseNotesPerBar, std::clamp(0.16 * per_bar, 0.14, 0.37),
                      stream_of(phrase.brief, plan::Decision::motif).fork("thinned").uniform()};
  LeadWriter writer(phrase, melody.sparse);
  double beat = phrase.first_beat();
  for (std::uint64_t slot = 0; budget > 0.0; ++slot) {
    Random random = stream.fork(slot);
    const Choice choice = choose(melody, beat, random);
    if (!random.chance(budget / choice.notes())) break;
    double start = start_of(melody, choice, beat, budget, slot, random);
    if (start + 2.0 > phrase.end_beat()) break;
    if (is_present(melody, slot, start, random)) {
      const Manner manner = manner_of(melody, choice, slot, random);
      start = state_motif(writer, choice.varied, manner, writer.home_of(*choice.motif), start,
                          phrase.end_beat() - choice.span(), random, notes);
    }
    budget -= choice.notes();
    beat = start + choice.span();
  }
}

}  // namespace focus::core::engines::studio
