// SPDX-License-Identifier: MIT
// What a listener can say while the music plays: the lines that a script writes, and that keys
// stand for.
#pragma once

#include <optional>
#include <string>

#include <focus_session/focus_session.hpp>

namespace cli {

struct Action {
  enum class Kind {
    toggle,  ///< pause, or resume
    pause,
    resume,
    skip,
    seek,
    volume,
    intensity,
    divergence,
    goal,
    prompt,
    minutes,
    level,
    scenes,
    sleep,
    status,
    stop
  };
  Kind kind = Kind::status;
  double number = 0.0;  ///< of seek (seconds), volume, divergence, minutes, level, sleep (0: off)
  bool by = false;      ///< the number is a difference
  bool next = false;    ///< the next one of goal or sleep
  std::string words;    ///< of prompt and scenes; the layer's name of level
  std::optional<double> focus::Steering::*layer = nullptr;  ///< of level
  focus::Goal goal = {};                                    ///< of goal
  focus::Intensity intensity = {};                          ///< of intensity
};

/// Reads one line. Throws a std::runtime_error that says what would be right.
Action read_command(const std::string& line);

/// The commands, a line each, for --help.
extern const char* const kCommandHelp;

}  // namespace cli
