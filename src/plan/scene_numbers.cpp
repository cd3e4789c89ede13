// SPDX-License-Identifier: MIT
#include "plan/scene_numbers.h"

#include <array>
#include <charconv>

namespace focus::core::plan {

std::optional<double> number_between(std::string_view text, double low, double high) {
  if (text.size() > 1 && text[0] == '+' && text[1] != '-') text.remove_prefix(1);
  double value = 0.0;
  const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (fault != std::errc() || end != text.data() + text.size()) return std::nullopt;
  if (!(value >= low && value <= high)) return std::nullopt;
  return value;
}

std::string scene_figure(double value) {
  std::array<char, 32> text;
  const auto end = std::to_chars(text.data(), text.data() + text.size(), value).ptr;
  return {text.data(), end};
}

std::optional<std::string_view> taken_after(std::string_view& text, char sign) {
  const std::size_t at = text.rfind(sign);
  if (at == std::string_view::npos) return std::nullopt;
  const std::string_view rest = text.substr(at + 1);
  text = text.substr(0, at);
  return rest;
}

}  // namespace focus::core::plan
