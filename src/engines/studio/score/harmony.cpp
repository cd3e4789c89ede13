// SPDX-License-Identifier: MIT
#include "engines/studio/score/harmony.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <iterator>
#include <span>

#include "dsp/math.h"
#include "engines/studio/score/scale.h"
#include "engines/studio/score/style.h"

namespace focus::core::engines::studio {
namespace {

/// The modes that a line of progressions.inc is for.
enum class Modes { major, lydian, mixolydian, minor, dorian, aeolian };
enum class Kind { theme, reply, away, still, ending };

struct Progression {
  Modes modes;
  Kind kind;
  int weight;
  std::string_view chords;
};
constexpr Progression kProgressions[] = {
#define PROGRESSION(modes, kind, weight, chords) {Modes::modes, Kind::kind, weight, chords},
#include "engines/studio/score/progressions.inc"
#undef PROGRESSION
};

bool is_for(Modes modes, plan::Mode mode) {
  switch (mode) {
    case plan::Mode::ionian:
      return modes == Modes::major;
    case plan::Mode::lydian:
      return modes == Modes::major || modes == Modes::lydian;
    case plan::Mode::mixolydian:
      return modes == Modes::mixolydian;
    case plan::Mode::dorian:
      return modes == Modes::minor || modes == Modes::dorian;
    case plan::Mode::aeolian:
    case plan::Mode::minor_pentatonic:
      break;
  }
  return modes == Modes::minor || modes == Modes::aeolian;
}

using Words = std::vector<std::string_view>;

Words words_of(std::string_view text) {
  Words words;
  while (!text.empty()) {
    const std::size_t begin = text.find_first_not_of(' ');
    if (begin == std::string_view::npos) break;
    text.remove_prefix(begin);
    const std::size_t end = std::min(text.find(' '), text.size());
    words.push_back(text.substr(0, end));
    text.remove_prefix(end);
  }
  return words;
}

Words draw_progression(Kind kind, plan::Mode mode, Random random) {
  int total = 0;
  const auto fits = [&](const Progression& line) {
    return line.kind == kind && is_for(line.modes, mode);
  };
  for (const Progression& line : kProgressions) {
    if (fits(line)) total += line.weight;
  }
  int rest = random.below(total);
  for (const Progression& line : kProgressions) {
    if (!fits(line)) continue;
    rest -= line.weight;
    if (rest < 0) return words_of(line.chords);
  }
  return {};
}

Kind kind_of(PhraseRole role) {
  switch (role) {
    case PhraseRole::statement:
      return Kind::theme;
    case PhraseRole::answer:
    case PhraseRole::closing:
      return Kind::reply;
    case PhraseRole::contrast:
      return Kind::away;
    case PhraseRole::opening:
    case PhraseRole::pause:
      break;
  }
  return Kind::still;
}

/// The line of the top voice through a phrase, in semitones around its middle, for x from 0 to 1.
double contour(PhraseRole role, double x) {
  switch (role) {
    case PhraseRole::opening:
      return -3.0 + 3.0 * x;
    case PhraseRole::statement:
      return -2.0 + 5.0 * std::min(1.0, 1.5 * x);
    case PhraseRole::answer:
      return 3.0 * dsp::sine_turns(0.5 * x) - 1.0 - 2.0 * x;
    case PhraseRole::contrast:
      return 4.0 - 5.0 * x;
    case PhraseRole::pause:
      return -1.0 - 2.0 * x;
    case PhraseRole::closing:
      return 2.0 - 5.0 * x;
  }
  return 0.0;
}

/// The octave of a bass note: near to the last one, between A1 (small speakers have nothing lower)
/// and E3.
int bass_pitch(int pitch_class, int last) {
  const int low = 33 + wrap(pitch_class - 33, 12);
  if (low + 12 > 52) return low;
  const auto cost = [last](int pitch) { return std::abs(pitch - last) + std::abs(pitch - 40); };
  return cost(low) <= cost(low + 12) ? low : low + 12;
}

}  // namespace

bool VoicedChord::contains(int pitch) const {
  return wrap(root - pitch, 12) == 0 || std::any_of(pitches.begin(), pitches.end(), [&](int p) {
           return wrap(p - pitch, 12) == 0;
         });
}

class Harmony::Writer {
 public:
  explicit Writer(const Setting& setting)
      : setting_(setting),
        theme_(stream_of(setting.brief, plan::Decision::chords, setting.movement).fork("chords")),
        own_(theme_.fork(static_cast<std::uint64_t>(setting.movement.number) + 1000)) {}

  std::vector<VoicedChord> phrase(const PhrasePlace& place) {
    const double tension = setting_.form.tension(seconds_of(place.first_bar));
    const std::vector<int> lengths = lengths_of(place, tension);
    const std::vector<Chord> chords = chords_of(place, lengths.size(), tension);
    const VoicingFamily family = family_of(place);
    std::vector<VoicedChord> voiced;
    std::int64_t bar = place.first_bar;
    for (std::size_t i = 0; i < chords.size(); ++i) {
      const double x = static_cast<double>(bar - place.first_bar) / place.bars;
      voiced.push_back(voice(chords[i], wish_for(place.role, family, x, bar, lengths[i])));
      voiced.back().bar = bar;
      voiced.back().bars = lengths[i];
      bar += lengths[i];
    }
    return voiced;
  }

  VoicedChord final_chord(std::int64_t bar) {
    const Chord tonic = *read_chord(is_minor() ? "iadd9" : "Iadd9", setting_.palette.key, true);
    return voice(tonic, wish_for(PhraseRole::closing, VoicingFamily::open, 1.0, bar, 4));
  }

 private:
  plan::Key key() const { return setting_.palette.key; }
  bool is_minor() const {
    const auto scale = plan::harmony_scale(key().mode);
    return scale[2] == 3;
  }

  /// About when a bar is heard. A function of the movement alone, so that all segments agree.
  double seconds_of(std::int64_t bar) const {
    return setting_.movement.seconds_of_bar(static_cast<double>(bar));
  }

  /// Chords last as long as the palette says, and those of a still phrase twice as long where that
  /// is no drone. Where tension is high the last one is divided. A movement ends with two short
  /// ones, its cadence.
  std::vector<int> lengths_of(const PhrasePlace& place, double tension) const {
    const int usual = setting_.palette.chord_bars;
    const bool is_still = kind_of(place.role) == Kind::still;
    constexpr double kLongest = 20.0;  // seconds
    const double twice = seconds_of(place.first_bar + 2 * usual) - seconds_of(place.first_bar);
    const int each = is_still && place.bars >= 4 * usual && twice <= kLongest ? 2 * usual : usual;
    const int count = std::max(1, (place.bars + each / 2) / each);
    std::vector<int> lengths(static_cast<std::size_t>(count), each);
    lengths.front() += place.bars - count * each;
    if (place.role == PhraseRole::closing && lengths.back() >= 3) {
      lengths.back() -= 2;
      lengths.insert(lengths.end(), 2, 1);
    } else if (tension > 0.55 && lengths.back() >= 2 && !is_still) {
      const int half = lengths.back() / 2;
      lengths.back() -= half;
      lengths.push_back(half);
    }
    return lengths;
  }

  std::vector<Chord> chords_of(const PhrasePlace& place, std::size_t count, double tension) const {
    const Kind kind = kind_of(place.role);
    Random own = own_.fork("phrase").fork(static_cast<std::uint64_t>(place.number));
    // What is stated is the same in all movements of the theme, and mostly what answers it.
    const bool is_theme = kind == Kind::theme || (kind == Kind::reply && own.chance(0.6));
    const Random line = is_theme ? theme_.fork(static_cast<std::uint64_t>(kind)) : own.fork("line");
    Words words = draw_progression(kind, key().mode, line);
    if (place.role == PhraseRole::closing) {
      const Words ending = draw_progression(Kind::ending, key().mode, own.fork("ending"));
      words.insert(words.end(), ending.begin(), ending.end());
    }
    // A longer phrase begins with other lines; of a shorter one the first chord and the end stay.
    std::uint64_t more = 0;
    while (words.size() < count) {
      const Words before = draw_progression(more == 0 ? Kind::theme : Kind::away, key().mode,
                                            own.fork("more").fork(more));
      ++more;
      const std::size_t room = std::min(before.size(), count - words.size());
      words.insert(words.begin(), before.begin(),
                   before.begin() + static_cast<std::ptrdiff_t>(room));
    }
    if (words.size() > count) {
      words.erase(words.begin() + 1,
                  words.begin() + 1 + static_cast<std::ptrdiff_t>(words.size() - count));
    }
    std::vector<Chord> chords;
    for (std::size_t i = 0; i < count; ++i) {
      const bool is_rich = own.fork(i).chance(0.3 + 0.4 * tension);
      chords.push_back(*read_chord(words[i], key(), is_rich));
    }
    if (place.role == PhraseRole::closing && setting_.next) lead_to(*setting_.next, chords);
    return chords;
  }

  /// The way to the key of the next movement: a chord that both keys have, then the new dominant.
  void lead_to(plan::Key next, std::vector<Chord>& chords) const {
    if (next == key() || chords.size() < 2) return;
    if (const auto pivot = plan::common_chord(key(), next)) {
      *(chords.end() - 2) = studio::chord_of(*pivot, next);
    }
    chords.back() = dominant_of(next.tonic, next);
  }

  VoicingFamily family_of(const PhrasePlace& place) const {
    static constexpr VoicingFamily kFamilies[] = {VoicingFamily::close, VoicingFamily::open,
                                                  VoicingFamily::open,  VoicingFamily::shell,
                                                  VoicingFamily::close, VoicingFamily::quartal};
    Random random = own_.fork("family").fork(static_cast<std::uint64_t>(place.number));
    const int count = setting_.style.sinks ? 3 : static_cast<int>(std::size(kFamilies));
    return kFamilies[static_cast<std::size_t>(random.below(count))];
  }

  VoicingWish wish_for(PhraseRole role, VoicingFamily family, double x, std::int64_t bar,
                       int bars) const {
    const double tension = setting_.form.tension(seconds_of(bar));
    const int centre = setting_.palette.pad_centre;
    VoicingWish wish;
    wish.family = family;
    wish.middle = centre + 5.0 * (tension - 0.4);
    wish.top = centre + 7.0 + 8.0 * (tension - 0.4) + contour(role, x);
    wish.lowest = centre - 11;
    wish.highest = centre + 17;
    wish.stillness = setting_.style.sinks ? 2.5 : 0.0;
    wish.seconds = seconds_of(bar + bars) - seconds_of(bar);
    wish.most_held = std::max(setting_.style.sinks ? 40.0 : 18.0, 1.6 * wish.seconds);
    return wish;
  }

  VoicedChord voice(const Chord& chord, const VoicingWish& wish) {
    bass_ = bass_pitch(chord.bass, bass_);
    VoicedChord voiced;
    voiced.pitches = leading_.next(chord, bass_, wish);
    for (std::size_t v = 0; v < VoicedChord::kVoices; ++v) {
      const int pitch = voiced.pitches[v];
      voiced.rests[v] = leading_.held_seconds(pitch) > (setting_.style.sinks ? 100.0 : 48.0);
      if (voiced.rests[v]) leading_.rest(pitch);
    }
    voiced.root = chord.root;
    voiced.bass = bass_;
    voiced.scale = chord.scale;
    return voiced;
  }

  const Setting& setting_;
  Random theme_;  // of all movements that have the theme
  Random own_;    // of this movement
  VoiceLeading leading_;
  int bass_ = 40;
};

Harmony::Harmony(const Setting& setting) : key_(setting.palette.key) {
  Writer writer(setting);
  for (const PhrasePlace& place : setting.phrases) phrases_.push_back(writer.phrase(place));
  final_chord_ = writer.final_chord(setting.phrases.back().end_bar());
}

VoicedChord Harmony::passing(const plan::Triad& triad, const VoicedChord& chord) const {
  const Chord pivot = studio::chord_of(triad, key_);
  VoiceLeading leading;
  VoicingWish wish;
  wish.top = chord.pitches.back();
  double sum = 0.0;
  for (const int pitch : chord.pitches) sum += pitch;
  wish.middle = sum / static_cast<double>(chord.pitches.size());
  wish.lowest = chord.pitches.front() - 5;
  wish.highest = std::max(chord.pitches.back() + 3, wish.lowest + 24);
  VoicedChord passed = chord;
  passed.bass = bass_pitch(pivot.bass, chord.bass);
  passed.pitches = leading.peek(pivot, passed.bass, wish);
  passed.root = pivot.root;
  passed.scale = pivot.scale;
  return passed;
}

}  // namespace focus::core::engines::studio
