// SPDX-License-Identifier: MIT
#include "plan/lexicon.h"

#include <algorithm>
#include <unordered_map>
#include <vector>

namespace focus::core::plan {
namespace {

void add_words(const Sense& sense, std::string_view spellings, std::vector<LexiconWord>& words) {
  const auto add = [&](std::string_view word) {
    if (word.empty()) return;
    words.push_back({std::string(word), &sense});
    if (word.find(' ') == std::string_view::npos) return;
    std::string joined(word);
    std::erase(joined, ' ');
    words.push_back({std::move(joined), &sense});
  };
  for (std::string_view rest = spellings; !rest.empty();) {
    const std::size_t bar = std::min(rest.find('|'), rest.size());
    add(rest.substr(0, bar));
    rest.remove_prefix(std::min(bar + 1, rest.size()));
  }
}

std::vector<LexiconWord> all_words() {
  std::vector<LexiconWord> words;
  for (const auto table :
       {sentence_senses(), sound_senses(), genre_senses(), mood_senses(), purpose_senses()}) {
    for (const Sense& sense : table) {
      add_words(sense, sense.name, words);
      add_words(sense, sense.words, words);
      for (const Translation& translation : translations()) {
        if (translation.sense == sense.name) add_words(sense, translation.words, words);
      }
    }
  }
  std::sort(words.begin(), words.end(),
            [](const LexiconWord& a, const LexiconWord& b) { return a.word < b.word; });
  // A phrase and its joined form ("lo fi" and "lofi") may both be in a table.
  words.erase(std::unique(words.begin(), words.end(),
                          [](const LexiconWord& a, const LexiconWord& b) {
                            return a.word == b.word && a.sense == b.sense;
                          }),
              words.end());
  return words;
}

}  // namespace

std::span<const LexiconWord> lexicon_words() {
  // Never destroyed: other threads of the host may still read prompts while the process exits.
  static const auto* const words = new std::vector<LexiconWord>(all_words());
  return *words;
}

std::string_view spelling_at(std::string_view text) {
  static const auto* const by_letter = [] {
    auto* map = new std::unordered_map<std::string_view, std::vector<std::string_view>>;
    for (const LexiconWord& entry : lexicon_words()) {
      if ((entry.word[0] & 0xF0) == 0xE0) {
        (*map)[std::string_view(entry.word).substr(0, 3)].push_back(entry.word);
      }
    }
    for (auto& [letter, words] : *map) {
      std::stable_sort(words.begin(), words.end(),
                       [](auto a, auto b) { return a.size() > b.size(); });
    }
    return map;  // never destroyed, as above
  }();
  const auto found = by_letter->find(text.substr(0, 3));
  if (found == by_letter->end()) return {};
  for (const std::string_view word : found->second) {
    if (text.starts_with(word)) return word;
  }
  return {};
}

const Sense* find_sense(std::string_view phrase) {
  static const auto* const senses = [] {
    auto* map =
        new std::unordered_map<std::string_view, const Sense*>;  // never destroyed, as above
    map->reserve(lexicon_words().size());
    for (const LexiconWord& entry : lexicon_words()) map->emplace(entry.word, entry.sense);
    return map;
  }();
  const auto found = senses->find(phrase);
  return found != senses->end() ? found->second : nullptr;
}

}  // namespace focus::core::plan
