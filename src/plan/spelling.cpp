// SPDX-License-Identifier: MIT
#include "plan/spelling.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstdlib>
#include <tuple>

namespace focus::core::plan {
namespace {

constexpr std::size_t kLongest = 24;  // longer words are not compared

bool same_letters(std::string_view a, std::string_view b) {
  std::array<int, 256> count{};
  for (const char c : a) ++count[static_cast<unsigned char>(c)];
  for (const char c : b) --count[static_cast<unsigned char>(c)];
  return std::all_of(count.begin(), count.end(), [](int n) { return n == 0; });
}

/// Which letters a word has, as bits; the last bit stands for all that are none.
std::uint32_t letters_of(std::string_view word) {
  std::uint32_t letters = 0;
  for (const char c : word) letters |= 1u << (c >= 'a' && c <= 'z' ? c - 'a' : 31);
  return letters;
}

/// Whether one letter is often written instead of another.
bool alike(char a, char b) {
  constexpr std::string_view kVowels = "aeiouy";
  if (kVowels.find(a) != kVowels.npos && kVowels.find(b) != kVowels.npos) return true;
  // Adjacent keys, and letters that sound alike.
  constexpr std::string_view kAlike[26] = {
      "qwsz",    "vghnp",   "xdfvksq", "serfcxt", "wsdr",  "drtgcv", "ftyhbvj", "gyujnb", "ujko",
      "huikmng", "jiolmcq", "kop",     "njk",     "bhjm",  "iklp",   "olb",     "wack",   "edft",
      "awedxzc", "rfgyd",   "yhji",    "cfgbw",   "qeasv", "zsdc",   "tghu",    "asxs"};
  return kAlike[a - 'a'].find(b) != std::string_view::npos;
}

bool is_letter(char c) { return c >= 'a' && c <= 'z'; }

int cost_of_change(char a, char b) {
  if (a == b) return 0;
  return is_letter(a) && is_letter(b) && (alike(a, b) || alike(b, a)) ? 1 : 2;
}

/// The order of the speller's words.
std::tuple<char, std::size_t, std::string_view> order_of(std::string_view word) {
  return {word.front(), word.size(), word};
}

}  // namespace

int edit_distance(std::string_view a, std::string_view b, int limit) {
  const auto far = limit + 1;
  const auto longer = std::max(a.size(), b.size());
  if (longer > kLongest ||
      std::abs(static_cast<int>(a.size()) - static_cast<int>(b.size())) > limit)
    return a == b ? 0 : far;
  // Three rows of the table: a swap needs the row before the last.
  std::array<std::array<int, kLongest + 1>, 3> rows{};
  for (std::size_t j = 0; j <= b.size(); ++j) rows[0][j] = static_cast<int>(j);
  for (std::size_t i = 1; i <= a.size(); ++i) {
    auto& row = rows[i % 3];
    const auto& before = rows[(i + 2) % 3];
    const auto& before_that = rows[(i + 1) % 3];
    row[0] = static_cast<int>(i);
    int least = row[0];
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const int change = before[j - 1] + cost_of_change(a[i - 1], b[j - 1]);
      row[j] = std::min({change, before[j] + 1, row[j - 1] + 1});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
        row[j] = std::min(row[j], before_that[j - 2] + 1);
      }
      least = std::min(least, row[j]);
    }
    if (least > limit) return far;
  }
  return std::min(rows[a.size() % 3][b.size()], far);
}

std::string without_repeats(std::string_view word, std::size_t keep) {
  std::string text;
  for (std::size_t i = 0; i < word.size();) {
    const std::size_t end = std::min(word.find_first_not_of(word[i], i), word.size());
    const std::size_t run = end - i;
    text.append(run >= 3 ? keep : run, word[i]);
    i = end;
  }
  return text;
}

Speller::Speller(std::vector<Word> words) {
  std::sort(words.begin(), words.end(),
            [](const Word& a, const Word& b) { return order_of(a.text) < order_of(b.text); });
  words_.reserve(words.size());
  for (const Word& word : words) words_.push_back({word, letters_of(word.text)});
}

std::optional<std::string_view> Speller::nearest(std::string_view misspelt) const {
  const std::size_t size = misspelt.size();
  if (size < 4 || size > kLongest) return std::nullopt;
  const std::size_t limit = size < 7 ? 1 : 2;

  const auto first =
      std::lower_bound(words_.begin(), words_.end(), std::make_pair(misspelt.front(), size - limit),
                       [](const Entry& entry, const auto& from) {
                         const std::string_view text = entry.word.text;
                         return std::make_pair(text.front(), text.size()) < from;
                       });
  const std::uint32_t letters = letters_of(misspelt);
  const Word* best = nullptr;
  int best_distance = 0;
  bool unique = false;
  for (auto entry = first; entry != words_.end() && entry->word.text.front() == misspelt.front() &&
                           entry->word.text.size() <= size + limit;
       ++entry) {
    // A mistake changes two letters at most. Few words are so like this one that it is worth while
    // to look closer.
    if (std::popcount(entry->letters ^ letters) > 2 * static_cast<int>(limit)) continue;
    const Word* const word = &entry->word;
    int distance = edit_distance(misspelt, word->text, static_cast<int>(limit));
    const bool ends_alike = word->text.back() == misspelt.back();
    if (size >= 5 && word->text.size() == size && ends_alike &&
        same_letters(word->text, misspelt)) {
      distance = 0;
    }
    if (distance > (ends_alike ? static_cast<int>(limit) : 1)) continue;
    if (best == nullptr || distance < best_distance) {
      best = word;
      best_distance = distance;
      unique = true;
    } else if (distance == best_distance) {
      const bool same = best->meaning != nullptr && best->meaning == word->meaning;
      unique = unique && same;
    }
  }
  if (!unique) return std::nullopt;
  return best->text;
}

}  // namespace focus::core::plan
