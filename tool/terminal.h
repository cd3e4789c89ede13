// SPDX-License-Identifier: MIT
// The terminal as the system gives it: single keys, its size, lines that are redrawn in place.
#pragma once

#include <chrono>
#include <cstddef>
#include <memory>
#include <string>
#include <vector>

namespace cli {

/// Both the keys come from and the screen goes to a terminal.
bool on_terminal();

/// Whether the environment says that the terminal shows UTF-8.
bool terminal_is_unicode();

/// Waits up to `timeout` for bytes on standard input and takes what is there.
/// @return false at the end of the input.
bool read_input(std::string& bytes, std::chrono::milliseconds timeout);

/// While one of these stands, keys arrive singly and unseen, and a block of lines is drawn in
/// place. The terminal is given back as it was, with the last lines left standing.
class Terminal {
 public:
  Terminal();
  ~Terminal();
  Terminal(const Terminal&) = delete;
  Terminal& operator=(const Terminal&) = delete;

  std::size_t width() const;
  /// Draws lines that are no wider than that; as many as there is room for.
  void draw(const std::vector<std::string>& lines);

 private:
  struct Saved;
  std::unique_ptr<Saved> saved_;
  std::vector<std::string> drawn_;
  std::size_t drawn_width_ = 0;
};

}  // namespace cli
