// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "plan/brief.h"
#include "plan/leaning.h"

namespace focus::core::plan {

/// One effect of a word.
struct Push {
  enum class On : std::uint8_t {
    nothing,
    brightness,
    density,
    energy,
    tempo,
    space,
    swing,
    rise,
    instrument,
    scenery,
    stem,
    goal,
    mode
  };
  On on = On::nothing;
  std::uint8_t which = 0;  ///< the instrument, scenery, stem, goal or mode
  double amount = 0.0;     ///< -1 to 1; the votes for a goal are 0 to 2
};

/// How a word behaves in a sentence.
enum class WordKind : std::uint8_t {
  // Of the music
  quality,     ///< how it sounds or feels, where it plays, what it is for
  genre,       ///< a style, with all that belongs to it
  instrument,  ///< a thing that can be included or excluded, like the next two kinds
  scenery,
  stem,
  mode,     ///< major, minor, dorian
  settled,  ///< understood, but decided elsewhere or not by the prompt: the note gives the reason
  unheard,  ///< known, so that it is not respelt as another word, but it cannot be played
  // Of the sentence
  refuse,   ///< "no": what follows is not wanted at all
  deny,     ///< "not"
  without,  ///< "no" that also applies across "and"
  less,     ///< what follows is wanted less
  more,     ///< what follows is wanted more
  too,      ///< a complaint, or with "not" a mild negation
  amount,   ///< scales what follows by Sense::amount
  none,     ///< excludes what stands before it: "drums: none"
  only,     ///< excludes all that is not named: "only piano", "rain and nothing else"
  below,    ///< "at most", before a tempo or an amount
  above,    ///< "at least"
  also,     ///< "and"
  either,   ///< "or": a negation continues
  turn,     ///< "but", "with": ends a negation
  filler    ///< says nothing about music
};

/// The meaning of a group of words.
struct Sense {
  std::string_view name;  ///< how it is reported; also one of its spellings
  WordKind kind = WordKind::filler;
  std::string_view words;  ///< other spellings, normalised as by split_words(), separated by '|'
  std::array<Push, 8> pushes{};
  /// A factor for the next word: of an amount, or of a quality before a thing ("heavy rain").
  double amount = 0.0;
  bool either_way = false;  ///< means the same when negated: "no stress"
  std::string_view note{};  ///< its effect in words, if the pushes do not show it
  /// The word is an instrument that nobody plays: what the pushes name stands in for it.
  bool has_stand_in = false;
  double bpm = 0.0;  ///< the tempo that belongs to it, unless the prompt names one
};

/// A thing can be included or excluded. A quality can only be stronger or weaker.
constexpr bool is_thing(WordKind kind) {
  return kind == WordKind::instrument || kind == WordKind::scenery || kind == WordKind::stem;
}

/// The tables of the lexicon, one per file.
std::span<const Sense> sentence_senses();
std::span<const Sense> sound_senses();
std::span<const Sense> genre_senses();
std::span<const Sense> mood_senses();
std::span<const Sense> purpose_senses();

/// Words of other languages for senses of the tables.
struct Translation {
  std::string_view sense;  ///< its name
  std::string_view words;  ///< as Sense::words
};
std::span<const Translation> translations();

struct LexiconWord {
  std::string word;  ///< one or more words, separated by single spaces
  const Sense* sense;
};

/// Every spelling of every sense, sorted, without duplicates. A phrase is also included as one word
/// ("lo fi", "lofi").
std::span<const LexiconWord> lexicon_words();

/// Returns the sense of a word or phrase with exactly this spelling, or null.
const Sense* find_sense(std::string_view phrase);

/// The longest spelling in the writing of East Asia, where no spaces divide words, with which
/// `text` begins; "" if there is none.
std::string_view spelling_at(std::string_view text);

/// The largest number of words in a phrase of the lexicon.
inline constexpr int kLongestPhrase = 4;

namespace push {  // the notation of the tables

constexpr Push bright(double amount) { return {Push::On::brightness, 0, amount}; }
constexpr Push dense(double amount) { return {Push::On::density, 0, amount}; }
constexpr Push energy(double amount) { return {Push::On::energy, 0, amount}; }
constexpr Push tempo(double amount) { return {Push::On::tempo, 0, amount}; }
constexpr Push space(double amount) { return {Push::On::space, 0, amount}; }
constexpr Push swing(double amount) { return {Push::On::swing, 0, amount}; }
constexpr Push rise(double amount) { return {Push::On::rise, 0, amount}; }
constexpr Push plays(Instrument i, double amount) {
  return {Push::On::instrument, static_cast<std::uint8_t>(i), amount};
}
constexpr Push around(Scenery s, double amount) {
  return {Push::On::scenery, static_cast<std::uint8_t>(s), amount};
}
constexpr Push part(Stem s, double amount) {
  return {Push::On::stem, static_cast<std::uint8_t>(s), amount};
}
constexpr Push towards(Goal g, double votes) {
  return {Push::On::goal, static_cast<std::uint8_t>(g), votes};
}
constexpr Push mode(Mode m) { return {Push::On::mode, static_cast<std::uint8_t>(m), 1.0}; }

}  // namespace push

}  // namespace focus::core::plan
