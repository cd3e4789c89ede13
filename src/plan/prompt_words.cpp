// SPDX-License-Identifier: MIT
#include "plan/prompt_words.h"

#include <algorithm>
#include <array>
#include <cstdint>

#include "base/text.h"

namespace focus::core::plan {
namespace {

/// U+00C0 to U+00FF and U+0100 to U+017F without case and accents. '?' marks characters that become
/// two letters or none.
constexpr std::string_view kLatin1 =
    "aaaaaa?ceeeeiiiidnooooo?ouuuuy??aaaaaa?ceeeeiiiidnooooo?ouuuuy?y";
constexpr std::string_view kLatinExtended =
    "aaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiiiiijjkkkllllllllllnnnnnnnnnoooooo??rrrrrrss"
    "ssssssttttttuuuuuuuuuuuuwwyyyzzzzzzs";

struct Folded {
  std::uint32_t point;
  std::string_view text;
};
/// Characters that become two letters, musical signs, and emoji that stand for a word.
constexpr Folded kFolded[] = {
    {0xC6, "ae"},          {0xDE, "th"},         {0xDF, "ss"},          {0xE6, "ae"},
    {0xFE, "th"},          {0x152, "oe"},        {0x153, "oe"},         {0x1E9E, "ss"},
    {0x266D, "b"},         {0x266F, "#"},        {0x2600, " sun "},     {0x2614, " rain "},
    {0x2615, " cafe "},    {0x26C8, " rain "},   {0x2744, " snow "},    {0x1F30A, " waves "},
    {0x1F319, " night "},  {0x1F327, " rain "},  {0x1F332, " forest "}, {0x1F3B7, " saxophone "},
    {0x1F3B8, " guitar "}, {0x1F3B9, " piano "}, {0x1F3BB, " violin "}, {0x1F4DA, " study "},
    {0x1F525, " fire "},   {0x1F634, " sleep "},
};

/// A character and its length in bytes. The code point is 0 for a byte that is not UTF-8.
struct Character {
  std::uint32_t point;
  std::size_t size;
};

Character first_character(std::string_view text) {
  const auto lead = static_cast<unsigned char>(text.front());
  if (lead < 0x80) return {lead, 1};
  const std::size_t size = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
  if (size > text.size() || !is_utf8(text.substr(0, size))) return {0, 1};
  std::uint32_t point = lead & (0xFFu >> (size + 1));
  for (std::size_t n = 1; n < size; ++n) {
    point = (point << 6) | (static_cast<unsigned char>(text[n]) & 0x3Fu);
  }
  return {point, size};
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_lower(char c) { return c >= 'a' && c <= 'z'; }

bool is_apostrophe(std::uint32_t point) {
  return point == '\'' || point == '`' || point == 0xB4 || point == 0x2018 || point == 0x2019;
}

/// How a character that is not a letter separates words.
Gap gap_of(std::uint32_t point) {
  switch (point) {
    case '-':
    case '_':
    case 0x2010:
    case 0x2011:
    case 0x2013:
      return Gap::hyphen;
    case ' ':
    case '\t':
    case 0xA0:
    case '*':
    case '#':
      return Gap::space;
    case ':':
    case '=':
      return Gap::colon;
    case '.':
    case ';':
    case '!':
    case '?':
    case '\n':
    case '\r':
    case 0x2026:  // an ellipsis
    case 0x3002:  // a full stop of East Asia
      return Gap::stop;
    default:
      return Gap::comma;
  }
}

bool is_letter(std::uint32_t point) {
  if (point < 0xC0) return point == 0xAA || point == 0xBA;
  const bool sign = point == 0xD7 || point == 0xF7 || (point >= 0x2000 && point < 0x2C00) ||
                    (point >= 0x3000 && point < 0x3005) || (point >= 0xFE00 && point < 0xFE10) ||
                    (point >= 0xFF00 && point < 0xFF21) || point >= 0x1F000;
  return !sign;
}

/// Kana and Chinese characters: words in them are not written apart, and stand beside other words
/// without a space.
bool is_east_asian(std::uint32_t point) {
  return (point >= 0x3005 && point < 0x3100) || (point >= 0x3400 && point < 0xA000) ||
         (point >= 0xFF66 && point < 0xFFA0);
}

class Splitter {
 public:
  explicit Splitter(std::string_view prompt) : prompt_(prompt) {}

  std::vector<PromptWord> split() && {
    while (at_ < prompt_.size() && words_.size() < kMostWords) {
      const Character c = first_character(prompt_.substr(at_));
      take(c);
      at_ += c.size;
    }
    if (words_.size() < kMostWords) finish();
    return std::move(words_);
  }

 private:
  void take(Character c) {
    if (c.point >= 0x300 && c.point < 0x370) return;  // a combining accent
    if (c.point >= 'A' && c.point <= 'Z') return letter(static_cast<char>(c.point - 'A' + 'a'), c);
    if (c.point < 0x80 && is_lower(static_cast<char>(c.point))) {
      return letter(static_cast<char>(c.point), c);
    }
    if (c.point >= '0' && c.point <= '9') return digit(static_cast<char>(c.point), c);
    if (c.point >= 0xC0 && c.point < 0x180) {
      const char plain =
          c.point < 0x100 ? kLatin1[c.point - 0xC0] : kLatinExtended[c.point - 0x100];
      if (is_lower(plain)) return letter(plain, c);
    }
    const auto* folded = std::find_if(std::begin(kFolded), std::end(kFolded),
                                      [&](const Folded& entry) { return entry.point == c.point; });
    if (folded != std::end(kFolded)) {
      for (const char letter_or_space : folded->text) {
        if (letter_or_space == '#') {
          sharp(c);
        } else if (letter_or_space == ' ') {
          part(Gap::space);
        } else {
          letter(letter_or_space, c);
        }
      }
      return;
    }
    if (c.point == 0x30FB) return part(Gap::space);  // the dot between two words in kana
    if (is_letter(c.point)) return letters(prompt_.substr(at_, c.size), c);
    if (is_apostrophe(c.point)) return apostrophe();
    if (c.point == '#') return sharp(c);
    if ((c.point == '.' || c.point == ',') && inside_number()) return letter('.', c);
    if (c.point == '&' || c.point == '+') {
      part(Gap::space);
      letters("and", c);
      return part(Gap::space);
    }
    if (c.point == '/' && word_.text == "w") {  // "w/o", "w/"
      const bool without = at_ + 1 < prompt_.size() && (prompt_[at_ + 1] | 0x20) == 'o';
      word_.text = without ? "without" : "with";
      word_.end = at_ + (without ? 2 : 1);
      if (without) ++at_;
      return part(Gap::space);
    }
    part(gap_of(c.point));
  }

  void letter(char text, Character c) { letters({&text, 1}, c); }

  void letters(std::string_view text, Character c) {
    if (!word_.text.empty() && is_digit(word_.text.back()) && !is_digit(text.front()) &&
        text != ".") {
      part(Gap::none);
    }
    const bool east_asian = is_east_asian(c.point);
    if (!word_.text.empty() && east_asian != east_asian_) part(Gap::none);
    east_asian_ = east_asian;
    if (word_.text.empty()) word_.begin = at_;
    word_.text += text;
    word_.end = at_ + c.size;
  }

  void digit(char text, Character c) {
    if (!word_.text.empty() && !is_digit(word_.text.back()) && word_.text.back() != '.') {
      part(Gap::none);
    }
    letter(text, c);
  }

  bool inside_number() const {
    return !word_.text.empty() && is_digit(word_.text.back()) &&
           word_.text.find('.') == std::string::npos && at_ + 1 < prompt_.size() &&
           is_digit(prompt_[at_ + 1]);
  }

  /// "c#" is one word. In "#lofi" and "lofi#" the sign only separates words.
  void sharp(Character c) {
    if (word_.text.size() == 1 && word_.text[0] >= 'a' && word_.text[0] <= 'g') {
      letters("#", c);
    } else {
      part(Gap::space);
    }
  }

  /// "l'eau" and "i'm" are split into two words, "it's" is cut at its apostrophe, and "don't" only
  /// loses it.
  void apostrophe() {
    if (word_.text.empty()) return part(Gap::comma);
    const std::string_view after = prompt_.substr(at_ + first_character(prompt_.substr(at_)).size);
    std::string next;
    for (const char c : after.substr(0, 3)) {
      const char lower = static_cast<char>(c | 0x20);
      if (!is_lower(lower)) break;
      next += lower;
    }
    if (next.empty()) return part(Gap::comma);
    if (word_.text.size() == 1 || next == "s" || next == "m" || next == "re" || next == "ve" ||
        next == "ll" || next == "d") {
      part(Gap::space);
    }
  }

  void part(Gap gap) {
    finish();
    if (gap == Gap::hyphen && gap_ == Gap::space) gap = Gap::comma;  // "soft - bright": a dash
    gap_ = std::max(gap_, gap);
  }

  void finish() {
    if (word_.text.empty()) return;
    word_.gap = gap_;
    words_.push_back(std::move(word_));
    word_ = {};
    gap_ = Gap::none;
  }

  std::string_view prompt_;
  std::size_t at_ = 0;
  PromptWord word_;
  bool east_asian_ = false;  // the last letter of the word
  Gap gap_ = Gap::stop;
  std::vector<PromptWord> words_;
};

}  // namespace

std::vector<PromptWord> split_words(std::string_view prompt) { return Splitter(prompt).split(); }

}  // namespace focus::core::plan
