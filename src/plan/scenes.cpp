// SPDX-License-Identifier: MIT
#include "plan/scenes.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <optional>

#include <absl/strings/str_cat.h>

#include "base/error.h"
#include "plan/scene_numbers.h"

namespace focus::core::plan {
namespace {

constexpr std::array<std::string_view, kSceneCount> kSceneNames = {
    "rain",   "rain_window", "rain_forest", "rain_tent", "storm",    "sea",
    "stream", "waterfall",   "wind",        "fire",      "night",    "birds",
    "cafe",   "train",       "fan",         "heartbeat", "white",    "pink",
    "brown",  "blue",        "violet",      "grey",      "binaural", "isochronic"};

std::optional<Scene> scene_named(std::string_view name) {
  const auto found = std::find(kSceneNames.begin(), kSceneNames.end(), name);
  if (found == kSceneNames.end()) return std::nullopt;
  return static_cast<Scene>(found - kSceneNames.begin());
}

absl::Status refuse_scene(std::string_view item, std::string_view why) {
  return invalid_field(
      "scenes", absl::StrCat("has \"", std::string(item.substr(0, 60)), "\": ", std::string(why)));
}

/// NAME[:BEAT][/CARRIER][=DB]
absl::StatusOr<SceneLayer> read_layer(const std::string_view whole) {
  std::string_view item = whole;
  const auto level = taken_after(item, '=');
  const auto carrier = taken_after(item, '/');
  const auto beat = taken_after(item, ':');
  const auto scene = scene_named(item);
  if (!scene) {
    std::string known;
    for (const std::string_view name : kSceneNames) {
      absl::StrAppend(&known, known.empty() ? "" : ", ", std::string(name));
    }
    return refuse_scene(whole, "no such scene; there are " + known);
  }
  SceneLayer layer;
  layer.scene = *scene;
  if ((beat || carrier) && !is_beat(*scene)) {
    return refuse_scene(whole, "only binaural and isochronic have a beat and a carrier");
  }
  if (level) {
    const auto value = number_between(*level, kLowestSceneDb, kHighestSceneDb);
    if (!value) return refuse_scene(whole, "a level is from -60 (off) to 12 dB");
    layer.level_db = *value;
  }
  if (beat) {
    const auto value = number_between(*beat, kLowestBeat, kHighestBeat);
    if (!value) return refuse_scene(whole, "a beat is from 0.5 to 100 Hz");
    layer.beat_hertz = *value;
  }
  if (carrier) {
    const auto value = number_between(*carrier, kLowestCarrier, kHighestCarrier);
    if (!value) return refuse_scene(whole, "a carrier is from 60 to 1500 Hz");
    layer.carrier_hertz = *value;
  }
  return layer;
}

}  // namespace

std::string_view name_of(Scene scene) { return kSceneNames[static_cast<std::size_t>(scene)]; }

absl::StatusOr<SceneMix> read_scenes(std::string_view text) {
  SceneMix mix;
  constexpr std::string_view kBetween = ", \t\n";
  for (std::size_t at = text.find_first_not_of(kBetween); at != std::string_view::npos;
       at = text.find_first_not_of(kBetween, at)) {
    const std::size_t end = std::min(text.find_first_of(kBetween, at), text.size());
    const std::string_view item = text.substr(at, end - at);
    FOCUS_ASSIGN_OR_RETURN(const SceneLayer layer, read_layer(item));
    const bool twice = std::any_of(mix.begin(), mix.end(), [&](const SceneLayer& known) {
      return known.scene == layer.scene;
    });
    if (twice) return refuse_scene(item, "each scene may be named once");
    mix.push_back(layer);
    at = end;
  }
  const auto is_off = [](const SceneLayer& layer) { return layer.level_db <= kLowestSceneDb; };
  if (!mix.empty() && std::all_of(mix.begin(), mix.end(), is_off)) {
    return invalid_field("scenes", "has only scenes at -60 dB (off); raise at least one of them");
  }
  std::sort(mix.begin(), mix.end(),
            [](const SceneLayer& a, const SceneLayer& b) { return a.scene < b.scene; });
  return mix;
}

std::string text_of(const SceneMix& mix) {
  std::string text;
  for (const SceneLayer& layer : mix) {
    absl::StrAppend(&text, text.empty() ? "" : ", ", std::string(name_of(layer.scene)));
    if (is_beat(layer.scene)) {
      absl::StrAppend(&text, ":", scene_figure(layer.beat_hertz), "/",
                      scene_figure(layer.carrier_hertz));
    }
    absl::StrAppend(&text, "=", scene_figure(layer.level_db));
  }
  return text;
}

}  // namespace focus::core::plan
