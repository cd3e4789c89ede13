// SPDX-License-Identifier: MIT
#include "broadcast/icy.h"

#include <algorithm>

namespace focus::core::broadcast {
namespace {

constexpr std::size_t kUnit = 16;

/// "StreamTitle='...';", padded with zeros, with its length before it. The text has no escape, so
/// that a quotation mark in it becomes another sign.
std::string block_of(std::string_view title) {
  std::string text = "StreamTitle='";
  text += title;
  std::replace(text.begin() + 13, text.end(), '\'', '`');
  text += "';";
  text.resize((text.size() + kUnit - 1) / kUnit * kUnit);
  return static_cast<char>(text.size() / kUnit) + text;
}

}  // namespace

void IcyTitles::pass(std::string_view audio, std::string_view title, std::string& out) {
  constexpr std::size_t kLongest = 1000;  // a title's length is one byte, in units
  title = title.substr(0, kLongest);
  while (!audio.empty()) {
    const std::string_view part = audio.substr(0, kInterval - passed_);
    out += part;
    audio.remove_prefix(part.size());
    passed_ += part.size();
    if (passed_ < kInterval) return;
    passed_ = 0;
    if (title == told_) {
      out += '\0';
    } else {
      out += block_of(title);
      told_ = title;
    }
  }
}

}  // namespace focus::core::broadcast
