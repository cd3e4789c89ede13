// SPDX-License-Identifier: MIT
#include "text.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>
#include <cmath>

namespace cli {
namespace {

template <typename Number>
std::optional<Number> parse(std::string_view text) {
  Number number{};
  const char* end = text.data() + text.size();
  const auto [stopped, error] = std::from_chars(text.data(), end, number);
  if (error != std::errc() || stopped != end) return std::nullopt;
  return number;
}

constexpr std::string_view kReplacement = "\xEF\xBF\xBD";  // U+FFFD

/// The length in bytes of the first character of `text`, or 0 where it is not UTF-8.
std::size_t character_length(std::string_view text) {
  const auto byte = [&](std::size_t i) {
    return i < text.size() ? static_cast<unsigned char>(text[i]) : 0u;
  };
  const unsigned lead = byte(0);
  if (lead < 0x80) return 1;
  const std::size_t length = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2;
  if (lead < 0xc2 || lead > 0xf4) return 0;
  for (std::size_t i = 1; i < length; ++i) {
    if (byte(i) < 0x80 || byte(i) > 0xbf) return 0;
  }
  // No longer than need be, no surrogates, nothing beyond U+10FFFF.
  const unsigned next = byte(1);
  const bool wrong = (lead == 0xe0 && next < 0xa0) || (lead == 0xed && next > 0x9f) ||
                     (lead == 0xf0 && next < 0x90) || (lead == 0xf4 && next > 0x8f);
  return wrong ? 0 : length;
}

/// Whether one character is a control character, also of Latin-1, or ends a line or a paragraph.
bool is_control(std::string_view character) {
  const auto lead = static_cast<unsigned char>(character[0]);
  if (character.size() == 1) return lead < 0x20 || lead == 0x7f;
  const bool latin = lead == 0xc2 && static_cast<unsigned char>(character[1]) < 0xa0;
  return latin || character == "\u2028" || character == "\u2029";
}

std::string two_digits(std::int64_t number) {
  return (number < 10 ? "0" : "") + std::to_string(number);
}

}  // namespace

std::string decimal(double value, int decimals) {
  // Half a step below zero would be written as "-0.0".
  if (std::abs(value) < 0.5 * std::pow(10.0, -decimals)) value = 0.0;
  std::array<char, 400> buffer;  // the longest double has 309 digits before its point
  const auto [end, error] = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value,
                                          std::chars_format::fixed, decimals);
  return error == std::errc() ? std::string(buffer.data(), end) : "?";
}

std::string clock(double seconds) {
  const auto whole = static_cast<std::int64_t>(std::llround(std::max(seconds, 0.0)));
  const std::int64_t hours = whole / 3600;
  const std::int64_t minutes = whole / 60 % 60;
  const std::string end = ":" + two_digits(whole % 60);
  if (hours == 0) return std::to_string(minutes) + end;
  return std::to_string(hours) + ":" + two_digits(minutes) + end;
}

std::string plural(std::int64_t count, const std::string& noun) {
  return std::to_string(count) + " " + noun + (count == 1 ? "" : "s");
}

std::string joined(const std::vector<std::string>& words, std::string_view between) {
  std::string text;
  for (const std::string& word : words) {
    if (&word != &words.front()) text += between;
    text += word;
  }
  return text;
}

std::optional<double> real_number(std::string_view text) { return parse<double>(text); }
std::optional<std::int64_t> whole_number(std::string_view text) {
  return parse<std::int64_t>(text);
}
std::optional<std::uint64_t> natural_number(std::string_view text) {
  return parse<std::uint64_t>(text);
}

std::optional<double> clock_time(std::string_view text) {
  const std::size_t last_colon = text.rfind(':');
  const auto seconds = real_number(last_colon == text.npos ? text : text.substr(last_colon + 1));
  if (!seconds || *seconds < 0.0 || !std::isfinite(*seconds)) return std::nullopt;
  if (last_colon == text.npos) return seconds;
  std::string_view rest = text.substr(0, last_colon);
  double minutes = 0.0;
  if (const std::size_t colon = rest.find(':'); colon != rest.npos) {
    const auto hours = natural_number(rest.substr(0, colon));
    if (!hours) return std::nullopt;
    minutes = 60.0 * static_cast<double>(*hours);
    rest.remove_prefix(colon + 1);
  }
  const auto more = natural_number(rest);
  if (!more || *seconds >= 60.0) return std::nullopt;
  return 60.0 * (minutes + static_cast<double>(*more)) + *seconds;
}

std::size_t columns(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(
      text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) >> 6) != 2; }));
}

std::string left(std::string_view text, std::size_t width) {
  std::string filled(text);
  filled.append(width - std::min(width, columns(text)), ' ');
  return filled;
}

std::string right(std::string_view text, std::size_t width) {
  return std::string(width - std::min(width, columns(text)), ' ').append(text);
}

std::string clip(std::string_view text, std::size_t width) {
  std::size_t end = 0;
  for (std::size_t count = 0; end < text.size(); ++end) {
    if ((static_cast<unsigned char>(text[end]) >> 6) != 2 && ++count > width) break;
  }
  return std::string(text.substr(0, end));
}

std::string utf8(std::string_view text) {
  std::string valid;
  while (!text.empty()) {
    const std::size_t length = character_length(text);
    valid += length == 0 ? kReplacement : text.substr(0, length);
    text.remove_prefix(std::max<std::size_t>(length, 1));
  }
  return valid;
}

std::string plain(std::string_view text) {
  std::string safe;
  while (!text.empty()) {
    const std::size_t length = character_length(text);
    const std::string_view character = text.substr(0, length);
    safe += length == 0 ? kReplacement : is_control(character) ? " " : character;
    text.remove_prefix(std::max<std::size_t>(length, 1));
  }
  return safe;
}

std::string shell_quoted(const std::string& path) {
  const auto harmless = [](unsigned char c) {
    return std::isalnum(c) != 0 || c >= 0x80 || std::string("_-./+,").find(char(c)) < 6;
  };
  const bool shown = plain(path) == path;
  if (shown && std::all_of(path.begin(), path.end(), harmless)) return path;
  std::string text = shown ? "'" : "$'";
  for (const char c : path) {
    const auto byte = static_cast<unsigned char>(c);
    if (shown) {
      text += c == '\'' ? std::string("'\\''") : std::string(1, c);
    } else if (c == '\'' || c == '\\') {
      text += std::string("\\") + c;
    } else if (byte < 0x20 || byte >= 0x7f) {
      constexpr char kDigits[] = "0123456789ABCDEF";
      text += std::string("\\x") + kDigits[byte >> 4] + kDigits[byte & 15];
    } else {
      text += c;
    }
  }
  return text + "'";
}

}  // namespace cli
