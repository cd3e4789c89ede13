// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "plan/request.h"

namespace focus::core {

/// What a listener asks for while a session goes on. What is absent stays as it is.
struct Steering {
  std::optional<Goal> goal;
  std::optional<Intensity> intensity;
  std::optional<double> divergence;
  std::optional<std::string> custom_prompt;
  std::optional<int> target_minutes;  ///< of the whole session: longer or shorter

  /// Whether the music itself is another, and not only its length.
  bool changes_music() const { return goal || intensity || divergence || custom_prompt; }
  bool empty() const { return !changes_music() && !target_minutes; }
};

/// The request as it would have been with this from the start.
Request steered(Request request, const Steering& steering);

/// A steering that was carried out: one entry of a plan's history.
struct Change {
  Steering steering;
  std::int64_t from = 0;  ///< where the music is planned anew, in hundredths of a second
};

// In hundredths of a second:
/// Overlap at a change that the listener has asked for just now.
inline constexpr int kChangeOverlap = 120;
/// The least that must be left of a session, or of one of its phases, after a change.
inline constexpr std::int64_t kShortestRest = 2000;

}  // namespace focus::core
