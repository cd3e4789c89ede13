// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <absl/status/statusor.h>

namespace focus::core::plan {

/// The sounds that the engine `soundscape` can play.
enum class Scene : std::uint8_t {
  rain,
  rain_window,
  rain_forest,
  rain_tent,
  storm,
  sea,
  stream,
  waterfall,
  wind,
  fire,
  night,
  birds,
  cafe,
  train,
  fan,
  heartbeat,
  white,
  pink,
  brown,
  blue,
  violet,
  grey,
  binaural,
  isochronic
};
inline constexpr int kSceneCount = 24;
/// As in a request: "rain_window".
std::string_view name_of(Scene scene);
/// Whether the scene is a beat, which has a frequency and a carrier.
constexpr bool is_beat(Scene scene) {
  return scene == Scene::binaural || scene == Scene::isochronic;
}

inline constexpr double kLowestSceneDb = -60.0;
inline constexpr double kHighestSceneDb = 12.0;
inline constexpr double kLowestBeat = 0.5, kHighestBeat = 100.0;          // Hz
inline constexpr double kLowestCarrier = 60.0, kHighestCarrier = 1500.0;  // Hz

/// One scene of a soundscape.
struct SceneLayer {
  Scene scene = Scene::rain;
  double level_db = 0.0;         ///< all scenes are about equally loud at 0
  double beat_hertz = 10.0;      ///< for beats only
  double carrier_hertz = 200.0;  ///< for beats only
  bool operator==(const SceneLayer&) const = default;
};

/// Whether two layers differ in level at most.
constexpr bool is_same_sound(const SceneLayer& a, const SceneLayer& b) {
  return a.scene == b.scene && (!is_beat(a.scene) || (a.beat_hertz == b.beat_hertz &&
                                                      a.carrier_hertz == b.carrier_hertz));
}

/// The scenes that are heard together, each at most once, in the order of `Scene`.
using SceneMix = std::vector<SceneLayer>;

/// Reads the scenes of a request: "rain=-3, fire=-9". A name alone has the level 0. Commas or
/// spaces separate scenes. A beat may say its frequency and its carrier, in Hz: "binaural:6/220=-9"
/// The error names the field `scenes`. "" has no scenes.
absl::StatusOr<SceneMix> read_scenes(std::string_view text);

/// The same mix as a text that read_scenes() reads.
std::string text_of(const SceneMix& mix);

/// Reads the scenes that a prompt names: "rain on a tent with a distant train", "brown noise only",
/// "40 Hz isochronic over pink noise", "fire without wind". Words of distance and loudness before a
/// scene set its level. Empty if the prompt names none. Accepts any bytes.
SceneMix scenes_in_prompt(std::string_view prompt);

}  // namespace focus::core::plan
