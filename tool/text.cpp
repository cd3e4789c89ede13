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

std::string plain(std::string_view text) {
  std::string safe;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto byte = static_cast<unsigned char>(text[i]);
    // The control characters of Latin-1 are two bytes in UTF-8.
    const bool wide_control =
        byte == 0xc2 && i + 1 < text.size() && static_cast<unsigned char>(text[i + 1]) < 0xa0;
    safe += byte < 0x20 || byte == 0x7f || wide_control ? ' ' : text[i];
    if (wide_control) ++i;
  }
  return safe;
}

std::string shell_quoted(const std::string& path) {
  const auto harmless = [](unsigned char c) {
    return std::isalnum(c) != 0 || c >= 0x80 || std::string("_-./+,").find(char(c)) < 6;
  };
  if (std::all_of(path.begin(), path.end(), harmless)) return path;
  std::string text = "'";
  for (const char c : path) text += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return text + "'";
}

}  // namespace cli
