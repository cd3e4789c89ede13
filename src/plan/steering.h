// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <string>

#include "plan/request.h"

namespace focus::core::plan {

/// What a listener changes while a session is running. Absent fields are unchanged.
struct Steering {
  std::optional<Goal> goal;
  std::optional<Intensity> intensity;
  std::optional<double> divergence;
  std::optional<std::string> custom_prompt;
  std::optional<int> target_minutes;  ///< of the whole session: longer or shorter
  /// The level of each stem; see Request::stem_db.
  std::array<std::optional<double>, kStemCount> stem_db{};
  /// See Request::scenes. They replace those of the programme as far as it has been played.
  std::optional<std::string> scenes;

  bool changes_levels() const {
    return scenes ||
           std::any_of(stem_db.begin(), stem_db.end(), [](const auto& level) { return !!level; });
  }
  /// Whether it changes what is heard, and not only the length.
  bool changes_music() const { return changes_piece() || changes_levels(); }
  /// Whether the notes stay as they are, and the length.
  bool changes_levels_alone() const {
    return changes_levels() && !changes_piece() && !target_minutes;
  }
  bool empty() const { return !changes_music() && !target_minutes; }

 private:
  bool changes_piece() const { return goal || intensity || divergence || custom_prompt; }
};

/// A steering that was carried out: an entry in a plan's history.
struct Change {
  Steering steering;
  std::int64_t from = 0;  ///< from where the music is planned again, in hundredths of a second
};

/// Returns the request as if it had been made with this change from the start.
Request changed(Request request, const Change& change);

// In hundredths of a second:
/// Overlap at a change that the listener has asked for just now.
inline constexpr int kChangeOverlap = 120;
/// The least that must be left of a session, or of one of its phases, after a change.
inline constexpr std::int64_t kShortestRest = 2000;

}  // namespace focus::core::plan
