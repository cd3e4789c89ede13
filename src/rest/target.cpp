// SPDX-License-Identifier: MIT
#include "rest/target.h"

#include "base/hex.h"

namespace focus::core::rest {
namespace {

std::optional<std::string> decoded(std::string_view text, bool plus_is_blank) {
  std::string plain;
  plain.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    char c = text[i];
    if (c == '%') {
      unsigned char byte = 0;
      if (!bytes_of_hex(text.substr(i + 1, 2), &byte, 1)) return std::nullopt;
      c = static_cast<char>(byte);
      i += 2;
    } else if (c == '+' && plus_is_blank) {
      c = ' ';
    }
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F) return std::nullopt;
    plain += c;
  }
  return plain;
}

/// Calls `use` with each part of `text` between separators. Stops and returns false if a call
/// returns false.
template <typename Use>
bool split(std::string_view text, char separator, Use use) {
  while (true) {
    const std::size_t end = text.find(separator);
    if (!use(text.substr(0, end))) return false;
    if (end == std::string_view::npos) return true;
    text.remove_prefix(end + 1);
  }
}

}  // namespace

std::optional<std::string_view> Target::parameter(std::string_view name) const {
  for (const auto& [given, value] : query) {
    if (given == name) return value;
  }
  return std::nullopt;
}

std::optional<Target> parse_target(std::string_view text) {
  if (text.empty() || text.front() != '/') return std::nullopt;
  Target target;
  const std::size_t question = text.find('?');
  const std::string_view path = text.substr(0, question);
  target.path = path;
  if (!split(path.substr(1), '/', [&](std::string_view part) {
        const auto plain = decoded(part, false);
        if (plain) target.parts.push_back(*plain);
        return plain.has_value();
      })) {
    return std::nullopt;
  }
  if (question == std::string_view::npos) return target;
  if (!split(text.substr(question + 1), '&', [&](std::string_view pair) {
        const std::size_t equals = pair.find('=');
        const auto name = decoded(pair.substr(0, equals), true);
        const auto value = equals == std::string_view::npos
                               ? std::optional<std::string>("")
                               : decoded(pair.substr(equals + 1), true);
        if (name && value && !pair.empty()) target.query.emplace_back(*name, *value);
        return name && value;
      })) {
    return std::nullopt;
  }
  return target;
}

}  // namespace focus::core::rest
