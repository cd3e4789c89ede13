// SPDX-License-Identifier: MIT
// How `play` talks with its user: a screen and keys, or a log and lines.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "playback.h"

namespace cli {

class FrontEnd {
 public:
  virtual ~FrontEnd() = default;

  /// Waits a moment for what the listener wants. @return commands, see commands.h.
  virtual std::vector<std::string> commands() = 0;
  /// Tells what has happened, at a moment of the session.
  virtual void tell(double at_seconds, const std::string& news) = 0;
  /// Shows how things are.
  virtual void show(const Playback& playback) = 0;
  /// False once no command can come any more.
  virtual bool attended() const = 0;
};

/// For a terminal.
std::unique_ptr<FrontEnd> make_screen();
/// For everything else: a line on standard output for what happens, commands from the lines of
/// standard input.
std::unique_ptr<FrontEnd> make_log();

}  // namespace cli
