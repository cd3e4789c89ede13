// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>
#include <vector>

#include <focus_session/focus_session.hpp>

namespace cli {

/// All that the screen of `play` shows.
struct ScreenState {
  focus::SessionInfo session;
  std::vector<focus::SegmentInfo> segments;
  focus::PlayerInfo player;
  std::string output;                 ///< where the music goes
  std::string message;                ///< the newest
  std::optional<std::string> typing;  ///< the prompt that is being typed
  bool all_keys = false;
};

/// The lines of the screen, none wider than `width` columns and without codes for the terminal.
/// @param unicode false: ASCII alone, for a terminal that knows no better.
std::vector<std::string> draw_screen(const ScreenState& state, std::size_t width, bool unicode);

}  // namespace cli
