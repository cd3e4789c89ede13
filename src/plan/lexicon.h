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

namespace focus::core {

/// One thing that a word of a prompt moves.
struct Push {
  enum class On : std::uint8_t {
    nothing,
    brightness,
    density,
    energy,
    tempo,
    space,
    swing,
    instrument,
    scenery,
    stem,
    goal,
    mode
  };
  On on = On::nothing;
  std::uint8_t which = 0;  ///< the instrument, scenery, stem, goal or mode
  double amount = 0.0;     ///< -1 to 1; of a goal's vote 0 to 2
};

/// How a word behaves in a sentence.
enum class WordKind : std::uint8_t {
  // Of the music
  quality,     ///< how it sounds or feels, where it plays, what it is for
  genre,       ///< a bundle of everything
  instrument,  ///< a thing that can be had or refused, like the next two
  scenery,
  stem,
  mode,     ///< major, minor, dorian
  settled,  ///< understood, and so already or not for a prompt to say: the sense's note tells why
  unheard,  ///< known, so that it is not taken for something else, yet nothing that can be played
  // Of the sentence
  refuse,   ///< "no": what follows is not wanted at all
  deny,     ///< "not"
  without,  ///< "no" that reaches over "and"
  less,     ///< what follows is wanted less
  more,     ///< what follows is wanted more
  too,      ///< a complaint, or with "not" a mild negation
  amount,   ///< scales what follows by Sense::amount
  none,     ///< refuses what stands before it: "drums: none"
  below,    ///< "at most", before a tempo or an amount
  above,    ///< "at least"
  also,     ///< "and"
  either,   ///< "or": carries a negation on
  turn,     ///< "but", "with": ends a negation
  filler    ///< says nothing about music
};

/// What a group of words means.
struct Sense {
  std::string_view name;  ///< what it is read as; a spelling of it, too
  WordKind kind = WordKind::filler;
  std::string_view words;  ///< further spellings, folded as split_words does, parted by '|'
  std::array<Push, 8> pushes{};
  /// A factor for what follows: of an amount, or of a quality before a thing ("heavy rain").
  double amount = 0.0;
  bool either_way = false;  ///< means the same when negated: "no stress"
  std::string_view note{};  ///< what it did, where its pushes can not tell
};

/// A thing can be had or refused, where a quality can only be more or less.
constexpr bool is_thing(WordKind kind) {
  return kind == WordKind::instrument || kind == WordKind::scenery || kind == WordKind::stem;
}

/// The tables of the lexicon, one file each.
std::span<const Sense> sentence_senses();
std::span<const Sense> sound_senses();
std::span<const Sense> genre_senses();
std::span<const Sense> mood_senses();
std::span<const Sense> purpose_senses();

struct LexiconWord {
  std::string word;  ///< one or more words, parted by single spaces
  const Sense* sense;
};

/// Every spelling of every sense, sorted, each once. A phrase is also there as one word ("lo fi",
/// "lofi").
std::span<const LexiconWord> lexicon_words();

/// The sense of a word or phrase that is written exactly so, or null.
const Sense* find_sense(std::string_view phrase);

/// The most words that a phrase of the lexicon has.
inline constexpr int kLongestPhrase = 4;

namespace push {  // what the tables are written in

constexpr Push bright(double amount) { return {Push::On::brightness, 0, amount}; }
constexpr Push dense(double amount) { return {Push::On::density, 0, amount}; }
constexpr Push energy(double amount) { return {Push::On::energy, 0, amount}; }
constexpr Push tempo(double amount) { return {Push::On::tempo, 0, amount}; }
constexpr Push space(double amount) { return {Push::On::space, 0, amount}; }
constexpr Push swing(double amount) { return {Push::On::swing, 0, amount}; }
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

}  // namespace focus::core
