// SPDX-License-Identifier: MIT
#include "engines/studio/score/harmony.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>

#include "dsp/math.h"
#include "engines/studio/score/scale.h"

namespace focus::core::engines::studio {
namespace {

/// The degrees of a mode that may carry a chord, without the diminished one. The second entry is
/// the most characteristic chord of the mode.
std::vector<int> degrees_of(plan::Mode mode) {
  switch (mode) {
    case plan::Mode::ionian:
      return {0, 3, 5, 1, 4, 2};
    case plan::Mode::dorian:
      return {0, 3, 6, 2, 1, 4};
    case plan::Mode::lydian:
      return {0, 1, 4, 2, 5};
    case plan::Mode::mixolydian:
      return {0, 6, 3, 4, 1, 5};
    case plan::Mode::aeolian:
      return {0, 5, 6, 3, 2, 4};
    case plan::Mode::minor_pentatonic:
      break;
  }
  return {0, 6, 3, 2, 4};
}

/// The weight of a root movement from one degree to another. Thirds down and fourths up are the
/// most likely.
double motion_weight(int from, int to) {
  static constexpr std::array<double, 7> kWeights = {0.0, 1.5, 1.6, 3.0, 2.2, 2.6, 1.8};
  return kWeights[static_cast<std::size_t>(wrap(to - from, 7))];
}

int draw_weighted(Random& random, const std::vector<int>& values,
                  const std::vector<double>& weights) {
  double total = 0.0;
  for (const double weight : weights) total += weight;
  double rest = random.uniform() * total;
  for (std::size_t i = 0; i < values.size(); ++i) {
    rest -= weights[i];
    if (rest < 0.0) return values[i];
  }
  return values.back();
}

/// Whether two tones beat fast (5 to 46 Hz), either with each other or with the octave of the lower
/// one.
bool throbs(int lower, int upper) {
  const double low = dsp::hertz_of_pitch(lower), high = dsp::hertz_of_pitch(upper);
  const auto rough = [](double hertz) { return hertz > 5.0 && hertz < 46.0; };
  return rough(std::fabs(high - low)) || rough(std::fabs(high - 2.0 * low));
}

/// The cost of a voicing by itself: adjacent semitones, narrow intervals in the bass, wide gaps.
/// `stillness` is the cost of each pair of tones that beat fast.
double spacing_cost(const std::array<int, VoicedChord::kVoices>& pitches, double stillness) {
  double cost = 0.0;
  for (std::size_t v = 1; v < pitches.size(); ++v) {
    const int lower = pitches[v - 1], gap = pitches[v] - lower;
    if (gap <= 1) cost += 8.0;
    if (gap == 2) cost += lower < 55 ? 4.0 : 0.8;
    if (gap > 9) cost += 0.7 * (gap - 9);
    // Narrow low intervals beat against each other.
    if (lower < 54 && gap < 7) cost += 2.5;
  }
  if (stillness <= 0.0) return cost;
  for (std::size_t v = 1; v < pitches.size(); ++v) {
    for (std::size_t u = 0; u < v; ++u) {
      if (throbs(pitches[u], pitches[v])) cost += stillness;
    }
  }
  return cost;
}

/// The cost of the movement of one voice. Leaps of more than three semitones cost extra.
double way(int from, int to) {
  const int steps = std::abs(to - from);
  return steps + 1.5 * std::max(0, steps - 3);
}

}  // namespace

bool VoicedChord::contains(int pitch) const {
  return std::any_of(pitches.begin(), pitches.end(),
                     [&](int p) { return wrap(p - pitch, 12) == 0; });
}

Harmony::Harmony(const plan::Brief& brief, const Style& style, const Palette& palette,
                 const plan::Movement& movement)
    : random_(stream_of(brief, plan::Decision::chords, movement)),
      palette_(palette),
      substitution_(style.substitution),
      stillness_(style.sinks ? 2.5 : 0.0),
      scale_(harmony_scale(palette.key.mode)),
      degrees_(degrees_of(palette.key.mode)) {
  for (std::size_t i = 0; i < progressions_.size(); ++i) {
    progressions_[i] = draw_progression(random_.fork("progression").fork(i));
  }
  anchor_ = voice(0, colours_of(0, false), nullptr, nullptr);
}

int Harmony::root_class(int degree) const {
  return wrap(palette_.key.tonic + scale_[static_cast<std::size_t>(wrap(degree, 7))], 12);
}

Harmony::Degrees Harmony::draw_progression(Random random) const {
  Degrees progression = {0};
  for (int i = 1; i < palette_.phrase_chords; ++i) {
    std::vector<double> weights;
    for (std::size_t d = 0; d < degrees_.size(); ++d) {
      const int degree = degrees_[d];
      double weight = motion_weight(progression.back(), degree);
      if (d == 1) weight *= 1.6;
      if (std::count(progression.begin(), progression.end(), degree) > 0) weight *= 0.25;
      if (i == palette_.phrase_chords - 1) {
        weight *= degree == 0 ? 0.0 : motion_weight(degree, 0);
      }
      weights.push_back(weight);
    }
    progression.push_back(draw_weighted(random, degrees_, weights));
  }
  return progression;
}

int Harmony::substitute_for(int degree, Random random) const {
  // A chord whose root is a third away shares two tones with the original.
  Degrees choices;
  for (const int other : {wrap(degree + 2, 7), wrap(degree - 2, 7)}) {
    if (std::find(degrees_.begin(), degrees_.end(), other) != degrees_.end()) {
      choices.push_back(other);
    }
  }
  if (choices.empty()) return degree;
  return choices[static_cast<std::size_t>(random.below(static_cast<int>(choices.size())))];
}

std::vector<Harmony::Colour> Harmony::colours_of(int degree, bool ninth) const {
  const int root = root_class(degree), third = root_class(degree + 2);
  const int fifth = root_class(degree + 4), seventh = root_class(degree + 6);
  const int second = root_class(degree + 1);
  const bool major_seventh = wrap(root - seventh, 12) == 1;
  std::vector<Colour> colours = {{{root, third, fifth, seventh}, major_seventh ? 2.0 : 0.0}};
  if (wrap(second - root, 12) == 2) {
    colours.push_back({{root, third, fifth, second}, ninth ? -1.0 : 1.0});
    // This colour has no root, which the bass plays.
    colours.push_back({{third, fifth, seventh, second}, ninth ? 0.5 : 2.0});
  }
  return colours;
}

VoicedChord Harmony::voice(int degree, const std::vector<Colour>& colours, const VoicedChord* from,
                           const VoicedChord* towards) const {
  const int low = palette_.pad_centre - 11;
  VoicedChord best;
  best.degree = degree;
  double best_cost = 1e9;
  for (const Colour& colour : colours) {
    const bool first_will_do = from == nullptr && stillness_ <= 0.0;
    if (first_will_do && colour.cost > 0.5 && best_cost < 1e9) continue;
    for (int octaves = 0; octaves < 81; ++octaves) {
      VoicedChord chord = best;
      int octave = octaves;
      for (std::size_t v = 0; v < VoicedChord::kVoices; ++v) {
        chord.pitches[v] = low + wrap(colour.classes[v] - low, 12) + octave % 3 * 12;
        octave /= 3;
      }
      const int highest = *std::max_element(chord.pitches.begin(), chord.pitches.end());
      if (highest > low + (stillness_ > 0.0 ? 26 : 23)) continue;
      std::sort(chord.pitches.begin(), chord.pitches.end());
      double cost = colour.cost +
                    spacing_cost(chord.pitches, from == nullptr ? 2.0 * stillness_ : stillness_);
      double mean = 0.0;
      for (std::size_t v = 0; v < VoicedChord::kVoices; ++v) {
        mean += 0.25 * chord.pitches[v];
        if (from != nullptr) cost += way(from->pitches[v], chord.pitches[v]);
        if (towards != nullptr) cost += 0.6 * way(chord.pitches[v], towards->pitches[v]);
      }
      cost += (from == nullptr ? 1.0 : 0.15) * std::fabs(mean - palette_.pad_centre);
      if (cost < best_cost) {
        best_cost = cost;
        best.pitches = chord.pitches;
      }
    }
  }
  return best;
}

VoicedChord Harmony::passing(const plan::Triad& triad, const VoicedChord& chord) const {
  int degree = 0;
  for (int d = 0; d < 7; ++d) {
    if (root_class(d) == triad[0]) degree = d;
  }
  VoicedChord passed =
      voice(degree, {{{triad[0], triad[1], triad[2], triad[0]}, 0.0}}, &chord, nullptr);
  passed.bar = chord.bar;
  passed.bars = chord.bars;
  return passed;
}

std::vector<VoicedChord> Harmony::phrase(const PhrasePlace& place) const {
  Random random = random_.fork("phrase").fork(static_cast<std::uint64_t>(place.number));
  // Each of the first two progressions is twice as frequent as the third. Phrases with the same
  // progression differ in their substitutions and colours.
  const int form = random.below(5);
  const Degrees& progression = progressions_[form < 2 ? 0 : form < 4 ? 1 : 2];
  std::vector<VoicedChord> chords;
  std::int64_t bar = place.first_bar;
  for (std::size_t i = 0; bar < place.end_bar(); ++i) {
    const int planned = progression[i % progression.size()];
    int degree = planned;
    Random own = random.fork(i);
    if (i > 0 && own.chance(substitution_)) degree = substitute_for(degree, own.fork("substitute"));
    if (i > 0 && degree == chords.back().degree) degree = planned;
    const bool is_last = bar + palette_.chord_bars >= place.end_bar();
    VoicedChord chord = i == 0 ? anchor_
                               : voice(degree, colours_of(degree, own.chance(0.35)), &chords.back(),
                                       is_last ? &anchor_ : nullptr);
    chord.bar = bar;
    chord.bars =
        static_cast<int>(std::min<std::int64_t>(palette_.chord_bars, place.end_bar() - bar));
    bar += chord.bars;
    chords.push_back(chord);
  }
  return chords;
}

}  // namespace focus::core::engines::studio
