// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <absl/status/statusor.h>

#include "plan/request.h"
#include "plan/scenes.h"

namespace focus::core::plan {

/// An entry of a programme: from a moment on, other scenes are heard, or all at another level.
struct SceneStep {
  double from_seconds = 0.0;  ///< of the session
  double fade_seconds = 0.0;  ///< how long scenes and level take to become these
  double level_db = 0.0;      ///< of all that is heard, against the session's loudness
  SceneMix scenes;            ///< empty: those before the entry go on
  bool operator==(const SceneStep&) const = default;
};

/// Two mixes at a moment, and how much of the second has come in, from 0 to 1. Both are null where
/// no scene is asked for.
struct SceneBlend {
  const SceneMix* before = nullptr;
  const SceneMix* after = nullptr;
  double share = 1.0;
  bool operator==(const SceneBlend&) const = default;
};

/// The scenes of a session from its start to its end.
struct SceneProgramme {
  SceneMix opening;              ///< until the first step; empty: none is asked for
  std::vector<SceneStep> steps;  ///< in the order of time; no fade reaches the next step

  bool empty() const { return opening.empty() && steps.empty(); }
  /// Whether a scene is asked for at any time.
  bool names_scenes() const;
  /// The mixes at a moment. They are valid as long as the programme is.
  SceneBlend at(double seconds) const;
  /// The level of all that is heard at a moment, in dB.
  double level_db(double seconds) const;
  /// The level of the mean power from `start` to `end`, in dB.
  double mean_level_db(double start, double end) const;

  bool operator==(const SceneProgramme&) const = default;
};

inline constexpr double kLowestStepDb = -30.0;
inline constexpr double kHighestStepDb = 12.0;
inline constexpr double kLongestStepFade = 240.0;  // minutes
inline constexpr double kDefaultStepFade = 1.0;    // minutes
inline constexpr std::size_t kMostSteps = 100;
inline constexpr std::size_t kLongestSceneText = 20'000;  // bytes

/// Reads the steps of a programme: "0: train; 180/10: sea=-3 wind=-9; 420/30 +6: birds". Each entry
/// is MINUTE[/FADE] [LEVEL]: SCENES, in minutes and dB, with scenes as read_scenes() reads them.
/// Without a fade an entry takes a minute, or what there is until the next one; at minute 0, no
/// time. The error names the field `programme`. "" has no steps.
absl::StatusOr<std::vector<SceneStep>> read_programme(std::string_view text);

/// The same steps as a text that read_programme() reads.
std::string text_of(const std::vector<SceneStep>& steps);

/// The scenes of a valid request.
SceneProgramme programme_of(const Request& request);

}  // namespace focus::core::plan
