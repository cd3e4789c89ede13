// SPDX-License-Identifier: MIT
#include "base/text.h"

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <iterator>

namespace focus::core {
namespace {

/// Returns the length in bytes of the first character of `text`, or 0 if it is not valid UTF-8.
std::size_t character_length(std::string_view text) {
  const auto lead = static_cast<unsigned char>(text.front());
  if (lead < 0x80) return 1;
  const std::size_t more = lead >= 0xF0 ? 3 : lead >= 0xE0 ? 2 : lead >= 0xC0 ? 1 : 0;
  if (more == 0 || lead > 0xF4 || text.size() <= more) return 0;
  std::uint32_t point = lead & (0x3Fu >> more);
  for (std::size_t n = 1; n <= more; ++n) {
    const auto next = static_cast<unsigned char>(text[n]);
    if ((next & 0xC0) != 0x80) return 0;
    point = (point << 6) | (next & 0x3F);
  }
  constexpr std::uint32_t kSmallest[] = {0, 0x80, 0x800, 0x10000};
  const bool surrogate = point >= 0xD800 && point <= 0xDFFF;
  return point < kSmallest[more] || surrogate || point > 0x10FFFF ? 0 : more + 1;
}

/// Whether one character is white space according to Unicode 15.
bool is_white_space(std::string_view character) {
  constexpr std::string_view kWhite[] = {
      " ",      "\t",     "\n",     "\v",     "\f",     "\r",     "\xC2\x85", "\u00A0", "\u1680",
      "\u2000", "\u2001", "\u2002", "\u2003", "\u2004", "\u2005", "\u2006",   "\u2007", "\u2008",
      "\u2009", "\u200A", "\u2028", "\u2029", "\u202F", "\u205F", "\u3000"};
  return std::find(std::begin(kWhite), std::end(kWhite), character) != std::end(kWhite);
}

/// Whether one character is a control character of Latin-1 (U+0080 to U+009F), which terminals obey
/// as well, or one of Unicode's ends of line.
bool is_long_control(std::string_view character) {
  const bool latin = character.size() == 2 && character[0] == '\xC2' && character[1] < '\xA0';
  return latin || character == "\u2028" || character == "\u2029";
}

}  // namespace

bool is_utf8(std::string_view text) {
  while (!text.empty()) {
    const std::size_t length = character_length(text);
    if (length == 0) return false;
    text.remove_prefix(length);
  }
  return true;
}

std::string one_line(std::string_view text, std::size_t most_bytes) {
  std::string line;
  while (!text.empty()) {
    const std::size_t length = character_length(text);
    const auto lead = static_cast<unsigned char>(text.front());
    std::string_view character = text.substr(0, length);
    if (length == 0) character = "?";
    if (lead < 0x20 || lead == 127 || is_long_control(character)) character = " ";
    if (line.size() + character.size() > most_bytes) break;
    line += character;
    text.remove_prefix(length == 0 ? 1 : length);
  }
  return line;
}

std::string decimals(double value, int digits) {
  char text[400];  // the largest double has 309 digits before the point
  const auto end =
      std::to_chars(text, text + sizeof(text), value, std::chars_format::fixed, digits);
  return std::string(text, end.ptr);
}

bool is_blank(std::string_view text) {
  while (!text.empty()) {
    const std::size_t length = character_length(text);
    if (length == 0 || !is_white_space(text.substr(0, length))) return false;
    text.remove_prefix(length);
  }
  return true;
}

}  // namespace focus::core
