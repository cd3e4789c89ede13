// SPDX-License-Identifier: MIT
#include "keys.h"

#include <algorithm>
#include <cstddef>

namespace cli {
namespace {

using Kind = Key::Kind;

constexpr char kEscape = '\x1b';

struct Binding {
  std::string_view key;
  std::string_view command;
};
constexpr Binding kLetters[] = {
    {" ", "toggle"},           {"n", "skip"},           {"+", "volume +0.1"},
    {"=", "volume +0.1"},      {"-", "volume -0.1"},    {"1", "intensity low"},
    {"2", "intensity medium"}, {"3", "intensity high"}, {"d", "divergence -0.1"},
    {"D", "divergence +0.1"},  {"g", "goal next"},      {"l", "minutes +5"},
    {"L", "minutes -5"},       {"s", "sleep next"},     {"q", "stop"},
};

/// Bytes of the character that begins with `first`.
std::size_t letter_size(unsigned char first) {
  if (first >= 0xf0) return 4;
  if (first >= 0xe0) return 3;
  return first >= 0xc0 ? 2 : 1;
}

/// Bytes of the sequence that `bytes` begin with, an escape first; 0 while it is not complete.
std::size_t sequence_size(std::string_view bytes) {
  if (bytes.size() < 2) return 0;
  if (bytes[1] == 'O') return bytes.size() < 3 ? 0 : 3;
  if (bytes[1] != '[') return 2;  // a letter with Alt
  const auto end =
      std::find_if(bytes.begin() + 2, bytes.end(), [](char c) { return c >= 0x40 && c <= 0x7e; });
  return end == bytes.end() ? 0 : static_cast<std::size_t>(end - bytes.begin()) + 1;
}

void add_arrow(std::vector<Key>& keys, char last) {
  switch (last) {
    case 'A':
      return keys.push_back({Kind::up, {}});
    case 'B':
      return keys.push_back({Kind::down, {}});
    case 'C':
      return keys.push_back({Kind::right, {}});
    case 'D':
      return keys.push_back({Kind::left, {}});
    default:
      return;  // a key that means nothing here
  }
}

void add_control(std::vector<Key>& keys, char c) {
  if (c == '\r' || c == '\n') keys.push_back({Kind::enter, {}});
  if (c == '\b' || c == '\x7f') keys.push_back({Kind::backspace, {}});
  if (c == '\x15') keys.push_back({Kind::erase_line, {}});  // Ctrl-U
  if (c == '\x04') keys.push_back({Kind::letter, "q"});     // Ctrl-D
}

}  // namespace

std::vector<Key> take_keys(std::string& bytes, bool quiet) {
  std::vector<Key> keys;
  std::size_t at = 0;
  while (at < bytes.size()) {
    const auto first = static_cast<unsigned char>(bytes[at]);
    std::size_t size = 1;
    if (bytes[at] == kEscape) {
      size = sequence_size(std::string_view(bytes).substr(at));
      if (size == 0 && !quiet) break;
      if (size == 0) {
        if (at + 1 == bytes.size()) keys.push_back({Kind::escape, {}});
        size = bytes.size() - at;
      } else if (size > 2) {
        add_arrow(keys, bytes[at + size - 1]);
      }
    } else if (first < 0x20 || first == 0x7f) {
      add_control(keys, bytes[at]);
    } else {
      size = letter_size(first);
      if (at + size > bytes.size()) {
        if (!quiet) break;
        size = bytes.size() - at;
      } else {
        keys.push_back({Kind::letter, bytes.substr(at, size)});
      }
    }
    at += size;
  }
  bytes.erase(0, at);
  return keys;
}

std::string command_of(const Key& key) {
  switch (key.kind) {
    case Kind::up:
      return "volume +0.1";
    case Kind::down:
      return "volume -0.1";
    case Kind::right:
      return "seek +15";
    case Kind::left:
      return "seek -15";
    case Kind::letter:
      for (const Binding& binding : kLetters) {
        if (binding.key == key.letter) return std::string(binding.command);
      }
      return {};
    default:
      return {};
  }
}

const std::vector<std::pair<std::string, std::string>> kKeyHelp = {
    {"space", "pause, go on"},
    {"n", "the next segment"},
    {"left, right", "15 seconds back, on"},
    {"up, down", "louder, softer"},
    {"1 2 3", "low, medium, high intensity"},
    {"d D", "less, more divergence"},
    {"g", "the next goal"},
    {"p", "a prompt: say what to play"},
    {"l L", "5 minutes longer, shorter"},
    {"s", "sleep timer: 15, 30, 60 minutes, off"},
    {"q", "stop"},
    {"?", "all keys"},
};

LineEditor::Outcome LineEditor::type(const Key& key) {
  switch (key.kind) {
    case Kind::letter:
      text_ += key.letter;
      break;
    case Kind::backspace:
      while (!text_.empty() && (static_cast<unsigned char>(text_.back()) >> 6) == 2) {
        text_.pop_back();
      }
      if (!text_.empty()) text_.pop_back();
      break;
    case Kind::erase_line:
      text_.clear();
      break;
    case Kind::enter:
      return Outcome::entered;
    case Kind::escape:
      return Outcome::given_up;
    default:
      break;
  }
  return Outcome::typing;
}

}  // namespace cli
