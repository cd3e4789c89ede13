// SPDX-License-Identifier: MIT
#include "plan/key_words.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "plan/lexicon.h"
#include "plan/prompt_words.h"

namespace focus::core::plan {
namespace {

struct Note {
  std::string_view name;
  int tonic;
};
/// Note names of other languages. Many are also ordinary words, so they count only beside a mode.
constexpr Note kGerman[] = {{"h", 11}, {"cis", 1}, {"dis", 3}, {"fis", 6}, {"gis", 8}, {"ais", 10},
                            {"es", 3}, {"as", 8},  {"des", 1}, {"ges", 6}, {"b", 10}};
constexpr Note kRomance[] = {{"do", 0},  {"re", 2}, {"mi", 4}, {"fa", 5},
                             {"sol", 7}, {"la", 9}, {"si", 11}};

/// Nouns that "minor" may qualify. Before them the "a" of "a minor ..." is an article.
constexpr std::string_view kAfterArticle[] = {
    "key",   "keys",  "mode",   "scale",   "tone",   "tonality", "feel", "feeling",
    "mood",  "chord", "chords", "vibe",    "sound",  "melody",   "tune", "progression",
    "touch", "bit",   "flavor", "flavour", "change", "tinge"};

template <std::size_t N>
std::optional<int> tonic_in(const Note (&notes)[N], std::string_view name) {
  const auto* found = std::find_if(std::begin(notes), std::end(notes),
                                   [&](const Note& note) { return note.name == name; });
  return found == std::end(notes) ? std::nullopt : std::optional<int>(found->tonic);
}

const PromptWord kNothing{};

const PromptWord& word_at(std::span<const PromptWord> words, std::size_t at) {
  return at < words.size() ? words[at] : kNothing;  // a full stop is before it
}

std::optional<Mode> mode_of(std::string_view word) {
  if (word == "m" || word == "min") return Mode::aeolian;
  const Sense* sense = find_sense(word);
  if (sense == nullptr || sense->kind != WordKind::mode) return std::nullopt;
  return static_cast<Mode>(sense->pushes[0].which);
}

/// Returns +1 for "sharp" and its synonyms, -1 for "flat" and its synonyms, 0 for any other word.
int accidental(std::string_view word) {
  constexpr std::string_view kSharp[] = {"sharp", "diese", "sostenido", "#"};
  constexpr std::string_view kFlat[] = {"flat", "bemol", "b"};
  return contains(kSharp, word) ? 1 : contains(kFlat, word) ? -1 : 0;
}

/// An English note name, in one word with an optional accidental and mode: "eb", "f#m", "csharp",
/// "amin".
struct EnglishNote {
  int tonic;
  bool altered;
  std::string_view rest;
};
std::optional<EnglishNote> english_note(std::string_view word) {
  constexpr std::array<int, 7> kTonics = {9, 11, 0, 2, 4, 5, 7};  // a to g
  if (word.empty() || word[0] < 'a' || word[0] > 'g') return std::nullopt;
  EnglishNote note{kTonics[static_cast<std::size_t>(word[0] - 'a')], false, word.substr(1)};
  for (const std::string_view sign : {"sharp", "flat", "#", "b"}) {
    if (!note.rest.starts_with(sign)) continue;
    note.tonic += accidental(sign);
    note.altered = true;
    note.rest.remove_prefix(sign.size());
    break;
  }
  if (!note.rest.empty() && !mode_of(note.rest)) return std::nullopt;
  return note;
}

/// Whether the words before words[at] announce a key: "in", "key of", "tonic:". `strongly` requires
/// a noun such as "key"; "in" alone is then not enough.
bool announced(std::span<const PromptWord> words, std::size_t at, bool strongly) {
  if (at == 0) return false;
  const std::string_view before = words[at - 1].text;
  constexpr std::string_view kNouns[] = {"key", "tonic", "tonality", "root", "scale", "tonart"};
  if (contains(kNouns, before)) return true;
  const std::string_view two_before = at > 1 ? std::string_view(words[at - 2].text) : "";
  if (before == "of" || before == "is" || before == "in") {
    if (contains(kNouns, two_before)) return true;
  }
  return !strongly && before == "in" && words[at].gap <= Gap::space;
}

bool about_code(std::span<const PromptWord> words, std::size_t at) {
  for (std::size_t i = at > 3 ? at - 3 : 0; i < std::min(at + 3, words.size()); ++i) {
    const Sense* sense = find_sense(words[i].text);
    if (sense != nullptr && (sense->name == "coding" || words[i].text.starts_with("learn"))) {
      return true;
    }
  }
  return false;
}

bool ends_after(std::span<const PromptWord> words, std::size_t last) {
  const PromptWord& next = word_at(words, last + 1);
  if (next.gap >= Gap::comma) return true;
  const Sense* sense = find_sense(next.text);
  return sense != nullptr && (sense->kind == WordKind::filler || sense->kind == WordKind::turn ||
                              sense->kind == WordKind::also || sense->kind == WordKind::without ||
                              sense->kind == WordKind::refuse);
}

/// Whether the "a" of "a minor" at words[at] is an article.
bool is_article(std::span<const PromptWord> words, std::size_t at) {
  if (words[at].text != "a") return false;
  const std::string_view next = word_at(words, at + 2).text;
  if (word_at(words, at + 2).gap <= Gap::space && contains(kAfterArticle, next)) return true;
  return !ends_after(words, at + 1) && !announced(words, at, true);
}

std::optional<NamedKey> read_foreign(std::span<const PromptWord> words, std::size_t at) {
  std::size_t next = at + 1;
  const std::string_view text = words[at].text;
  const std::string_view mode = word_at(words, next).text;
  if (word_at(words, next).gap > Gap::space) return std::nullopt;
  if (mode == "moll" || mode == "dur") {
    if (const auto tonic = tonic_in(kGerman, text)) return NamedKey{*tonic, mode_of(mode), 2};
    return std::nullopt;
  }
  const auto tonic = tonic_in(kRomance, text);
  if (!tonic) return std::nullopt;
  const int shift = accidental(mode);
  if (shift != 0) ++next;
  const PromptWord& last = word_at(words, next);
  constexpr std::string_view kRomanceModes[] = {"mineur", "majeur", "menor",
                                                "mayor",  "minore", "maggiore"};
  if (last.gap > Gap::space || !contains(kRomanceModes, last.text)) return std::nullopt;
  return NamedKey{(*tonic + shift + 12) % 12, mode_of(last.text), next + 1 - at};
}

}  // namespace

std::optional<NamedKey> read_key(std::span<const PromptWord> words, std::size_t at) {
  if (const auto foreign = read_foreign(words, at)) return foreign;
  const auto note = english_note(words[at].text);
  if (!note) return std::nullopt;
  NamedKey key{note->tonic, mode_of(note->rest), 1};
  bool altered = note->altered;

  const auto next = [&]() -> const PromptWord& { return word_at(words, at + key.word_count); };
  if (note->rest.empty() && !altered && next().gap <= Gap::space && next().text.size() > 1 &&
      accidental(next().text) != 0) {
    key.tonic += accidental(next().text);
    altered = true;
    ++key.word_count;
  }
  key.tonic = (key.tonic + 12) % 12;
  if (note->rest.empty() && next().gap <= Gap::space) {
    const bool kind_of_minor = next().text == "natural" || next().text == "harmonic";
    const std::size_t mode_at = at + key.word_count + (kind_of_minor ? 1 : 0);
    key.mode = word_at(words, mode_at).gap <= Gap::space ? mode_of(word_at(words, mode_at).text)
                                                         : std::nullopt;
    if (key.mode) {
      if (key.word_count == 1 && is_article(words, at)) return std::nullopt;
      key.word_count = mode_at + 1 - at;
      const PromptWord& after = next();
      if (key.mode == Mode::aeolian && after.gap <= Gap::space && after.text == "pentatonic") {
        key.mode = Mode::minor_pentatonic;
        ++key.word_count;
      }
      return key;
    }
  }
  if (key.mode) {  // "am" is a verb unless a key is announced
    return altered || announced(words, at, words[at].text == "am") ? std::optional(key)
                                                                   : std::nullopt;
  }
  const bool c = words[at].text[0] == 'c' && about_code(words, at);
  const bool alone =
      words[at].text == "a" ? announced(words, at, true) : announced(words, at, false);
  if (!alone || c || (!altered && !ends_after(words, at + key.word_count - 1))) return std::nullopt;
  return key;
}

}  // namespace focus::core::plan
