// SPDX-License-Identifier: MIT
// From the bytes of a terminal to keys, and from keys to commands.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace cli {

struct Key {
  enum class Kind { letter, up, down, right, left, enter, escape, backspace, erase_line };
  Kind kind = Kind::letter;
  std::string letter;  ///< one character, in UTF-8
};

/// Takes the keys from the front of what a terminal has sent; half a key stays in `bytes` for the
/// rest of it.
/// @param quiet nothing more is on its way, so that an escape alone is the key of that name.
std::vector<Key> take_keys(std::string& bytes, bool quiet);

/// The command a key stands for, "" for none.
std::string command_of(const Key& key);

/// What the keys do, for the screen and for --help.
extern const std::vector<std::pair<std::string, std::string>> kKeyHelp;

/// A line that is being typed, at its end.
class LineEditor {
 public:
  enum class Outcome { typing, entered, given_up };
  Outcome type(const Key& key);
  const std::string& text() const { return text_; }

 private:
  std::string text_;
};

}  // namespace cli
