// SPDX-License-Identifier: MIT
#include "store/objects/xml_text.h"

#include <charconv>
#include <cstdint>
#include <optional>

namespace focus::core::store {
namespace {

struct NamedReference {
  std::string_view name;
  char character;
};
constexpr NamedReference kNamed[] = {
    {"amp", '&'}, {"lt", '<'}, {"gt", '>'}, {"quot", '"'}, {"apos", '\''}};
constexpr std::size_t kLongestReference = 10;  // "#x10FFFF" and its like

void append_utf8(std::uint32_t point, std::string& text) {
  const auto tail = [&](int shift) {
    text += static_cast<char>(0x80U | ((point >> shift) & 0x3FU));
  };
  if (point < 0x80) {
    text += static_cast<char>(point);
  } else if (point < 0x800) {
    text += static_cast<char>(0xC0U | (point >> 6));
    tail(0);
  } else if (point < 0x10000) {
    text += static_cast<char>(0xE0U | (point >> 12));
    tail(6);
    tail(0);
  } else {
    text += static_cast<char>(0xF0U | (point >> 18));
    tail(12);
    tail(6);
    tail(0);
  }
}

/// Of "#38" or "#x26".
std::optional<std::uint32_t> number_of(std::string_view reference) {
  if (reference.size() < 2 || reference[0] != '#') return std::nullopt;
  const bool is_hex = reference[1] == 'x';
  const std::string_view digits = reference.substr(is_hex ? 2 : 1);
  std::uint32_t point = 0;
  const auto [end, error] =
      std::from_chars(digits.data(), digits.data() + digits.size(), point, is_hex ? 16 : 10);
  const bool is_whole = error == std::errc() && end == digits.data() + digits.size();
  if (!is_whole || point == 0 || point > 0x10FFFF) return std::nullopt;
  return point;
}

/// Appends what a reference stands for; false where it is none that is known.
bool append_reference(std::string_view reference, std::string& text) {
  for (const auto& [name, character] : kNamed) {
    if (reference != name) continue;
    text += character;
    return true;
  }
  const auto point = number_of(reference);
  if (point) append_utf8(*point, text);
  return point.has_value();
}

std::string resolved(std::string_view raw) {
  std::string text;
  text.reserve(raw.size());
  for (std::size_t at = 0; at < raw.size(); ++at) {
    if (raw[at] == '&') {
      const std::size_t end = raw.substr(at, kLongestReference).find(';');
      if (end != std::string_view::npos && append_reference(raw.substr(at + 1, end - 1), text)) {
        at += end;
        continue;
      }
    }
    text += raw[at];
  }
  return text;
}

}  // namespace

std::vector<std::string> xml_texts(std::string_view document, std::string_view name) {
  std::vector<std::string> texts;
  const std::string opening = "<" + std::string(name) + ">";
  const std::string closing = "</" + std::string(name) + ">";
  for (std::size_t at = document.find(opening); at != std::string_view::npos;
       at = document.find(opening, at)) {
    at += opening.size();
    const std::size_t end = document.find('<', at);
    if (end == std::string_view::npos) break;
    if (document.substr(end, closing.size()) == closing) {
      texts.push_back(resolved(document.substr(at, end - at)));
    }
  }
  return texts;
}

std::string xml_text(std::string_view document, std::string_view name) {
  const std::vector<std::string> texts = xml_texts(document, name);
  return texts.empty() ? std::string() : texts.front();
}

}  // namespace focus::core::store
