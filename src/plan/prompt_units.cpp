// SPDX-License-Identifier: MIT
#include "plan/prompt_units.h"

#include <algorithm>
#include <span>
#include <unordered_map>
#include <unordered_set>

#include "plan/spelling.h"
#include "plan/tempo_words.h"

namespace focus::core::plan {
namespace {

bool is_ascii(std::string_view word) { return (word[0] & 0x80) == 0; }

/// The single words that occur in phrases.
const std::unordered_set<std::string_view>& phrase_parts() {
  static const auto* const parts = [] {
    auto* set = new std::unordered_set<std::string_view>;  // never destroyed, as lexicon_words()
    for (const LexiconWord& entry : lexicon_words()) {
      for (std::string_view rest = entry.word; !rest.empty();) {
        const std::size_t space = std::min(rest.find(' '), rest.size());
        if (space < rest.size() || rest.size() < entry.word.size()) {
          set->insert(rest.substr(0, space));
        }
        rest.remove_prefix(std::min(space + 1, rest.size()));
      }
    }
    return set;
  }();
  return *parts;
}

/// Whether a phrase of several words may begin with this one.
bool begins_phrase(std::string_view word) {
  static const auto* const beginnings = [] {
    auto* set = new std::unordered_set<std::string_view>;  // never destroyed, as lexicon_words()
    for (const LexiconWord& entry : lexicon_words()) {
      const std::string_view phrase = entry.word;
      if (const std::size_t space = phrase.find(' '); space != phrase.npos) {
        set->insert(phrase.substr(0, space));
      }
    }
    return set;
  }();
  return beginnings->contains(word);
}

bool is_known(std::string_view word) {
  return find_sense(word) != nullptr || phrase_parts().contains(word);
}

const Speller& speller() {
  static const auto* const speller = [] {
    std::vector<Speller::Word> words;
    for (const LexiconWord& entry : lexicon_words()) {
      // Short words without a musical meaning are similar to too many words with one.
      const std::size_t shortest = entry.sense->kind == WordKind::filler ? 6 : 4;
      if (entry.word.size() >= shortest && is_ascii(entry.word) &&
          entry.word.find(' ') == std::string::npos) {
        words.push_back({entry.word, entry.sense});
      }
    }
    for (const std::string_view part : phrase_parts()) {
      if (part.size() >= 5 && find_sense(part) == nullptr) words.push_back({part, nullptr});
    }
    return new Speller(std::move(words));  // never destroyed, as lexicon_words()
  }();
  return *speller;
}

/// Returns the known word of which `word` is an inflected form ("basslines", "softly",
/// "dreariest"), or "".
std::string base_of(std::string_view word) {
  struct Ending {
    std::string_view text, instead;
  };
  constexpr Ending kEndings[] = {
      {"s", ""},    {"es", ""},  {"ly", ""}, {"er", ""},    {"est", ""}, {"ish", ""}, {"ness", ""},
      {"ier", "y"}, {"ing", ""}, {"ed", ""}, {"iest", "y"}, {"er", "e"}, {"est", "e"}};
  for (const Ending& ending : kEndings) {
    if (!word.ends_with(ending.text) || word.size() < ending.text.size() + 4) continue;
    std::string base(word.substr(0, word.size() - ending.text.size()));
    base += ending.instead;
    if (find_sense(base) != nullptr) return base;
  }
  return {};
}

/// Divides the words of East Asia, which are not written apart, where they are known: the longest
/// spelling first. What is not known in between is a word of its own.
std::vector<PromptWord> divided(std::vector<PromptWord> words) {
  if (std::all_of(words.begin(), words.end(), [](const auto& w) { return is_ascii(w.text); }))
    return words;
  std::vector<PromptWord> parts;
  for (PromptWord& word : words) {
    if (parts.size() >= kMostWords) break;
    if (is_ascii(word.text)) {
      parts.push_back(std::move(word));
      continue;
    }
    const std::string_view text = word.text;
    std::size_t from = 0;  // of what is not known
    const auto add = [&](std::size_t begin, std::size_t end) {
      if (begin == end) return;
      // Its letters stand in the prompt as they are.
      PromptWord part{std::string(text.substr(begin, end - begin)),
                      begin == 0 ? word.gap : Gap::space, word.begin + begin, word.begin + end};
      parts.push_back(std::move(part));
    };
    const bool is_whole = word.end - word.begin == text.size();
    for (std::size_t at = 0; is_whole && at < text.size() && parts.size() < kMostWords;) {
      const std::size_t known = spelling_at(text.substr(at)).size();
      if (known > 0) {
        add(from, at);
        add(at, at + known);
        at = from = at + known;
      } else {
        ++at;
        while (at < text.size() && (text[at] & 0xC0) == 0x80) ++at;
      }
    }
    if (parts.size() < kMostWords) add(from, text.size());
  }
  return parts;
}

class Respelling {
 public:
  /// Returns `word` as the lexicon spells it, or `word` itself if the lexicon has nothing similar.
  const std::string& of(const std::string& word) {
    if (!is_ascii(word)) return word;
    const auto found = known_.find(word);
    if (found != known_.end()) return found->second;
    if (is_known(word) || is_common_word(word)) return word;
    if (static_cast<int>(known_.size()) >= kMostRespelt) return word;
    return known_.emplace(word, respell(word)).first->second;
  }

 private:
  static std::string respell(const std::string& word) {
    if (std::string base = base_of(word); !base.empty()) return base;
    for (const std::size_t keep : {2, 1}) {  // "coool", "slowww"
      std::string tamed = without_repeats(word, keep);
      if (tamed == word) break;
      if (is_known(tamed)) return tamed;
      if (std::string base = base_of(tamed); !base.empty()) return base;
    }
    const auto is_letter = [](char c) { return c >= 'a' && c <= 'z'; };
    if (!std::all_of(word.begin(), word.end(), is_letter)) return word;
    const auto nearest = speller().nearest(without_repeats(word, 1));
    return nearest ? std::string(*nearest) : word;
  }

  std::unordered_map<std::string, std::string> known_;
};

bool negates(const PromptUnit& unit) {
  return unit.what == PromptUnit::What::sense &&
         (unit.sense->kind == WordKind::refuse || unit.sense->kind == WordKind::deny ||
          unit.sense->kind == WordKind::without);
}

/// The longest phrase of the lexicon that begins at words[at], and its number of words.
struct Phrase {
  const Sense* sense = nullptr;
  std::size_t word_count = 1;
};
Phrase phrase_at(std::span<const PromptWord> words, std::size_t at, bool negated) {
  std::string spaced = words[at].text;
  std::string joined = spaced;
  Phrase longest{find_sense(spaced), 1};
  const bool may_be_phrase = begins_phrase(spaced);
  bool one_word = true;
  for (std::size_t n = 1; n < kLongestPhrase && at + n < words.size(); ++n) {
    const PromptWord& next = words[at + n];
    if (next.gap > Gap::space) break;
    one_word = one_word && next.gap <= Gap::hyphen;
    if (!may_be_phrase && !one_word) break;
    spaced += ' ';
    spaced += next.text;
    joined += next.text;
    const Sense* sense = find_sense(spaced);
    if (sense == nullptr && one_word) sense = find_sense(joined);
    // "no drum and bass" excludes two parts and not the genre.
    const bool two_things = negated && spaced.find(" and ") != std::string::npos;
    if (sense != nullptr && !two_things) longest = {sense, n + 1};
  }
  return longest;
}

}  // namespace

std::vector<PromptUnit> units_of(std::string_view prompt) {
  std::vector<PromptWord> words = divided(split_words(prompt));
  Respelling respelling;
  for (PromptWord& word : words) word.text = respelling.of(word.text);

  std::vector<PromptUnit> units;
  for (std::size_t at = 0; at < words.size();) {
    PromptUnit unit;
    std::size_t count = 1;
    if (const auto tempo = read_tempo(words, at)) {
      unit.what = tempo->bpm > 0.0 ? PromptUnit::What::tempo : PromptUnit::What::unknown;
      unit.bpm = tempo->bpm;
      count = tempo->word_count;
    } else if (const auto key = read_key(words, at)) {
      unit.what = PromptUnit::What::key;
      unit.key = *key;
      count = key->word_count;
    } else {
      const bool negated = !units.empty() && negates(units.back());
      Phrase phrase = phrase_at(words, at, negated);
      if (phrase.sense == nullptr && number_in(words[at].text) && at + 1 < words.size()) {
        const Phrase next = phrase_at(words, at + 1, false);  // "8 hours"
        const bool settled = next.sense != nullptr && next.sense->kind == WordKind::settled;
        if (settled) phrase = {next.sense, next.word_count + 1};
      }
      unit.sense = phrase.sense;
      if (unit.sense != nullptr) unit.what = PromptUnit::What::sense;
      count = phrase.word_count;
    }
    unit.gap = words[at].gap;
    unit.begin = words[at].begin;
    at += count;
    unit.end = words[at - 1].end;
    units.push_back(unit);
  }
  return units;
}

}  // namespace focus::core::plan
