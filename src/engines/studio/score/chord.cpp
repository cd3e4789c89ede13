// SPDX-License-Identifier: MIT
#include "engines/studio/score/chord.h"

#include <algorithm>
#include <span>
#include <string>

#include "engines/studio/score/scale.h"

namespace focus::core::engines::studio {
namespace {

constexpr std::array<int, 7> kMajorScale = {0, 2, 4, 5, 7, 9, 11};

/// A way to play a kind of chord: four intervals above its root.
struct Shape {
  std::array<int, kChordVoices> intervals;
  double cost;
  bool has_ninth;
};

constexpr Shape kMajor[] = {{{0, 4, 7, 2}, 0.0, true},  {{0, 4, 7, 11}, 0.6, false},
                            {{0, 4, 7, 9}, 1.0, false}, {{4, 7, 11, 2}, 0.8, true},
                            {{4, 7, 9, 2}, 1.2, true},  {{0, 4, 7, 12}, 1.0, false}};
constexpr Shape kMinor[] = {{{0, 3, 7, 10}, 0.0, false},
                            {{0, 3, 7, 2}, 0.3, true},
                            {{3, 7, 10, 2}, 0.6, true},
                            {{0, 3, 7, 12}, 1.0, false}};
constexpr Shape kDominant[] = {{{0, 4, 7, 10}, 0.0, false}, {{4, 7, 10, 2}, 0.4, true}};
constexpr Shape kDominantSus[] = {{{0, 5, 7, 10}, 0.0, false}, {{0, 5, 10, 2}, 0.4, true}};
constexpr Shape kMinorSeventh[] = {{{0, 3, 7, 10}, 0.0, false}, {{3, 7, 10, 2}, 0.4, true}};
constexpr Shape kMajorSeventh[] = {{{0, 4, 7, 11}, 0.0, false}, {{4, 7, 11, 2}, 0.4, true}};
constexpr Shape kNinth[] = {{{4, 7, 10, 2}, 0.0, true}};
constexpr Shape kMinorNinth[] = {{{3, 7, 10, 2}, 0.0, true}};
constexpr Shape kAddedNinth[] = {{{0, 4, 7, 2}, 0.0, true}};
constexpr Shape kMinorAddedNinth[] = {{{0, 3, 7, 2}, 0.0, true}};
constexpr Shape kSixth[] = {{{0, 4, 7, 9}, 0.0, false}};
constexpr Shape kMinorSixth[] = {{{0, 3, 7, 9}, 0.0, false}};
constexpr Shape kHalfDiminished[] = {{{0, 3, 6, 10}, 0.0, false}};
constexpr Shape kSecond[] = {{{0, 2, 7, 12}, 0.0, false}};
constexpr Shape kFourth[] = {{{0, 5, 7, 12}, 0.0, false}};

struct Suffix {
  std::string_view text;
  std::span<const Shape> major, minor;
};
// Longer ones first, where one begins with another.
constexpr Suffix kSuffixes[] = {
    {"m7b5", kHalfDiminished, kHalfDiminished},
    {"maj7", kMajorSeventh, kMajorSeventh},
    {"add9", kAddedNinth, kMinorAddedNinth},
    {"7sus", kDominantSus, kDominantSus},
    {"sus2", kSecond, kSecond},
    {"sus4", kFourth, kFourth},
    {"7", kDominant, kMinorSeventh},
    {"9", kNinth, kMinorNinth},
    {"6", kSixth, kMinorSixth},
};

struct Numeral {
  std::string_view text;
  int degree;
};
// Longer ones first.
constexpr Numeral kNumerals[] = {{"VII", 6}, {"III", 2}, {"VI", 5}, {"IV", 3},
                                 {"II", 1},  {"V", 4},   {"I", 0}};

bool take(std::string_view& text, std::string_view what) {
  if (text.substr(0, what.size()) != what) return false;
  text.remove_prefix(what.size());
  return true;
}

struct Root {
  int interval = 0;  ///< above the tonic
  bool is_major = true;
};

/// Takes a numeral such as "bVI" or "ii".
std::optional<Root> take_root(std::string_view& text) {
  const int moved = take(text, "b") ? -1 : take(text, "#") ? 1 : 0;
  for (const Numeral& numeral : kNumerals) {
    std::string small(numeral.text);
    for (char& letter : small) letter = static_cast<char>(letter - 'A' + 'a');
    const bool is_major = take(text, numeral.text);
    if (!is_major && !take(text, small)) continue;
    return Root{wrap(kMajorScale[static_cast<std::size_t>(numeral.degree)] + moved, 12), is_major};
  }
  return std::nullopt;
}

bool in_key(int pitch_class, plan::Key key) {
  const auto steps = plan::harmony_scale(key.mode);
  return std::any_of(steps.begin(), steps.end(),
                     [&](int step) { return wrap(key.tonic + step - pitch_class, 12) == 0; });
}

/// The key's scale, in which each tone of the chord that is not of the key takes the place of its
/// neighbour.
std::array<int, 7> scale_over(plan::Key key, std::span<const int> tones) {
  std::array<int, 7> scale = plan::harmony_scale(key.mode);
  for (int& step : scale) step = wrap(key.tonic + step, 12);
  for (const int tone : tones) {
    if (std::find(scale.begin(), scale.end(), tone) != scale.end()) continue;
    for (const int neighbour : {wrap(tone + 1, 12), wrap(tone - 1, 12)}) {
      const auto at = std::find(scale.begin(), scale.end(), neighbour);
      const bool is_kept = std::find(tones.begin(), tones.end(), neighbour) != tones.end();
      if (at == scale.end() || is_kept) continue;
      *at = tone;
      break;
    }
  }
  return scale;
}

/// Gives the chord the shapes whose added tones belong to the key. The first shape always does.
void add_colours(Chord& chord, std::span<const Shape> shapes, plan::Key key, bool rich) {
  for (const Shape& shape : shapes) {
    Chord::Colour colour;
    bool fits = true;
    for (std::size_t v = 0; v < kChordVoices; ++v) {
      const int interval = wrap(shape.intervals[v], 12);
      colour.classes[v] = wrap(chord.root + interval, 12);
      const bool is_added = interval == 2 || interval >= 9;
      fits = fits && (!is_added || in_key(colour.classes[v], key));
    }
    colour.cost = shape.cost + (rich == shape.has_ninth ? 0.0 : 1.0);
    if (fits) chord.colours.push_back(colour);
  }
  if (!chord.colours.empty()) return;
  Chord::Colour plain;
  for (std::size_t v = 0; v < kChordVoices; ++v) {
    plain.classes[v] = wrap(chord.root + shapes.front().intervals[v], 12);
  }
  chord.colours.push_back(plain);
}

Chord made(int root, std::span<const Shape> shapes, plan::Key key, bool rich) {
  Chord chord;
  chord.root = chord.bass = wrap(root, 12);
  add_colours(chord, shapes, key, rich);
  std::vector<int> tones(chord.colours.front().classes.begin(),
                         chord.colours.front().classes.end());
  chord.scale = scale_over(key, tones);
  return chord;
}

}  // namespace

std::optional<Chord> read_chord(std::string_view text, plan::Key key, bool rich) {
  std::optional<Root> root = take_root(text);
  if (!root) return std::nullopt;
  std::span<const Shape> shapes = root->is_major ? std::span<const Shape>(kMajor) : kMinor;
  for (const Suffix& suffix : kSuffixes) {
    if (!take(text, suffix.text)) continue;
    shapes = root->is_major ? suffix.major : suffix.minor;
    break;
  }
  if (take(text, ">")) {
    const std::optional<Root> goal = take_root(text);
    if (!goal) return std::nullopt;
    root->interval += goal->interval;
  }
  Chord chord = made(key.tonic + root->interval, shapes, key, rich);
  const int third = root->is_major ? 4 : 3;
  if (take(text, ":3")) chord.bass = wrap(chord.root + third, 12);
  if (take(text, ":5")) chord.bass = wrap(chord.root + 7, 12);
  if (take(text, "@1")) chord.bass = wrap(key.tonic, 12);
  if (take(text, "@5")) chord.bass = wrap(key.tonic + 7, 12);
  if (!text.empty()) return std::nullopt;
  return chord;
}

Chord chord_of(const std::array<int, 3>& triad, plan::Key key) {
  const bool is_major = wrap(triad[1] - triad[0], 12) == 4;
  static constexpr Shape kPlainMajor[] = {{{0, 4, 7, 12}, 0.0, false}};
  static constexpr Shape kPlainMinor[] = {{{0, 3, 7, 12}, 0.0, false}};
  return made(triad[0], is_major ? std::span<const Shape>(kPlainMajor) : kPlainMinor, key, false);
}

Chord dominant_of(int tonic, plan::Key key) { return made(tonic + 7, kDominant, key, false); }

}  // namespace focus::core::engines::studio
