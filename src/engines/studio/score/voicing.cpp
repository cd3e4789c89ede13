// SPDX-License-Identifier: MIT
#include "engines/studio/score/voicing.h"

#include <algorithm>
#include <bitset>
#include <cmath>
#include <cstdlib>

#include "dsp/math.h"
#include "engines/studio/score/scale.h"

namespace focus::core::engines::studio {
namespace {

/// Whether two tones beat fast (5 to 46 Hz), either with each other or with the octave of the lower
/// one.
class Throbbing {
 public:
  Throbbing() {
    const auto rough = [](double hertz) { return hertz > 5.0 && hertz < 46.0; };
    for (int lower = 0; lower < kPitches; ++lower) {
      for (int upper = 0; upper < kPitches; ++upper) {
        const double low = dsp::hertz_of_pitch(lower), high = dsp::hertz_of_pitch(upper);
        throbs_[at(lower)][at(upper)] =
            rough(std::fabs(high - low)) || rough(std::fabs(high - 2.0 * low));
      }
    }
  }
  bool operator()(int lower, int upper) const { return throbs_[at(lower)][at(upper)]; }

 private:
  static constexpr int kPitches = 128;
  static std::size_t at(int pitch) { return static_cast<std::size_t>(pitch); }
  std::array<std::bitset<kPitches>, kPitches> throbs_;
};

/// A sorting network: this is the innermost loop of the composer.
void sort_four(VoiceLeading::Pitches& pitches) {
  static_assert(kChordVoices == 4);
  const auto in_order = [&](std::size_t a, std::size_t b) {
    const int low = std::min(pitches[a], pitches[b]), high = std::max(pitches[a], pitches[b]);
    pitches[a] = low;
    pitches[b] = high;
  };
  in_order(0, 1);
  in_order(2, 3);
  in_order(0, 2);
  in_order(1, 3);
  in_order(1, 2);
}

/// The cost of a gap between two neighbouring voices, by family; `v` is the upper one.
double gap_cost(VoicingFamily family, std::size_t v, int gap) {
  switch (family) {
    case VoicingFamily::close:
      return 0.5 * std::max(0, gap - 5);
    case VoicingFamily::open:
      return 0.7 * std::max(0, 5 - gap) + 0.7 * std::max(0, gap - 10);
    case VoicingFamily::quartal:
      return gap == 5 || gap == 7 ? 0.0 : 0.35 * std::abs(gap - 5);
    case VoicingFamily::shell:
      return v == 2 ? 0.5 * std::abs(gap - 9) : 0.5 * std::max(0, gap - 6);
  }
  return 0.0;
}

/// The cost of a voicing by itself: adjacent semitones, narrow intervals in the bass.
double spacing_cost(const VoiceLeading::Pitches& pitches, const VoicingWish& wish) {
  double cost = 0.0;
  for (std::size_t v = 1; v < pitches.size(); ++v) {
    const int lower = pitches[v - 1], gap = pitches[v] - lower;
    cost += gap_cost(wish.family, v, gap);
    if (gap == 0) cost += 14.0;
    if (gap == 1) cost += v + 1 == pitches.size() ? 9.0 : 6.0;
    if (gap == 2) cost += lower < 55 ? 4.0 : 0.6;
    // Narrow low intervals beat against each other.
    if (lower < 53 && gap < 7) cost += 2.5;
  }
  if (wish.stillness <= 0.0) return cost;
  static const Throbbing throbs;
  for (std::size_t v = 1; v < pitches.size(); ++v) {
    for (std::size_t u = 0; u < v; ++u) {
      if (throbs(pitches[u], pitches[v])) cost += wish.stillness;
    }
  }
  return cost;
}

}  // namespace

double VoiceLeading::cost_of(const Pitches& pitches, int bass, const VoicingWish& wish,
                             double most) const {
  double cost = spacing_cost(pitches, wish);
  double sum = 0.0;
  for (const int pitch : pitches) sum += pitch;
  cost += 0.5 * std::fabs(sum / kChordVoices - wish.middle);
  const int top = pitches.back();
  cost += 0.7 * std::fabs(top - wish.top);
  if (!has_last_ || cost >= most) return cost;

  // The inner voices stay near; the top may go where its line goes, by a fourth at most.
  int moved = 0;
  for (std::size_t v = 0; v < kChordVoices; ++v) {
    const int way = std::abs(pitches[v] - last_[v]);
    if (way > 0) ++moved;
    cost += v + 1 == kChordVoices ? 0.2 * way + 1.5 * std::max(0, way - 5)
                                  : 0.6 * way + 1.2 * std::max(0, way - 4);
  }
  if (moved == 0) cost += 12.0;
  if (moved == 1) cost += 1.0;
  // The outer voices against each other: contrary or oblique, no parallel fifths and octaves.
  const int top_way = top - last_.back(), bass_way = bass - last_bass_;
  if (top_way == 0) cost += bass_way == 0 ? 2.0 : 0.9;
  if (top_way * bass_way > 0) {
    cost += 1.0;
    const int before = wrap(last_.back() - last_bass_, 12), now = wrap(top - bass, 12);
    if (before == now && (now == 0 || now == 7)) cost += 3.0;
  }
  for (const int pitch : pitches) {
    const double held = held_[static_cast<std::size_t>(pitch)];
    if (held > 0.0) cost += 6.0 * std::max(0.0, (held + wish.seconds) / wish.most_held - 1.0);
  }
  return cost;
}

VoiceLeading::Pitches VoiceLeading::peek(const Chord& chord, int bass,
                                         const VoicingWish& wish) const {
  Pitches best{};
  double least = 1e18;
  for (const Chord::Colour& colour : chord.colours) {
    Pitches lowest;
    for (std::size_t v = 0; v < kChordVoices; ++v)
      lowest[v] = wish.lowest + wrap(colour.classes[v] - wish.lowest, 12);
    for (int octaves = 0; octaves < 81; ++octaves) {
      Pitches pitches = lowest;
      int octave = octaves;
      bool is_inside = true;
      for (int& pitch : pitches) {
        pitch += octave % 3 * 12;
        is_inside = is_inside && pitch <= wish.highest;
        octave /= 3;
      }
      if (!is_inside) continue;
      sort_four(pitches);
      const double cost = colour.cost + cost_of(pitches, bass, wish, least - colour.cost);
      if (cost < least) {
        least = cost;
        best = pitches;
      }
    }
  }
  return best;
}

VoiceLeading::Pitches VoiceLeading::next(const Chord& chord, int bass, const VoicingWish& wish) {
  const Pitches pitches = peek(chord, bass, wish);
  std::array<double, 128> held{};
  for (const int pitch : pitches) {
    const auto at = static_cast<std::size_t>(pitch);
    held[at] = held_[at] + wish.seconds;
  }
  held_ = held;
  last_ = pitches;
  last_bass_ = bass;
  has_last_ = true;
  return pitches;
}

}  // namespace focus::core::engines::studio
