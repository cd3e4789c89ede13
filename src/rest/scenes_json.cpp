// SPDX-License-Identifier: MIT
#include "rest/scenes_json.h"

#include <algorithm>
#include <utility>
#include <vector>

#include <absl/strings/ascii.h>
#include <absl/strings/str_cat.h>

#include "base/error.h"
#include "plan/scene_numbers.h"

namespace focus::core::rest {
namespace {

/// Whether a name can stand in a text of scenes without becoming more than a name there.
bool is_scene_name(const std::string& name) {
  return !name.empty() && std::all_of(name.begin(), name.end(), [](char c) {
    return absl::ascii_isalnum(static_cast<unsigned char>(c)) || c == '_';
  });
}

/// One scene with its beat and carrier: {"level_db": -9, "beat_hz": 6, "carrier_hz": 220}
absl::StatusOr<std::string> read_scene(JsonObject scene, const std::string& name) {
  FOCUS_ASSIGN_OR_RETURN(const auto level, scene.number("level_db"));
  FOCUS_ASSIGN_OR_RETURN(const auto beat, scene.number("beat_hz"));
  FOCUS_ASSIGN_OR_RETURN(const auto carrier, scene.number("carrier_hz"));
  FOCUS_RETURN_IF_ERROR(scene.refuse_others());
  std::string text = name;
  if (beat) absl::StrAppend(&text, ":", plan::scene_figure(*beat));
  if (carrier) absl::StrAppend(&text, "/", plan::scene_figure(*carrier));
  if (level) absl::StrAppend(&text, "=", plan::scene_figure(*level));
  return text;
}

absl::StatusOr<std::string> read_mix(JsonObject mix) {
  std::string text;
  for (const std::string& name : mix.names()) {
    if (!is_scene_name(name)) return mix.refuse(name, "is no scene");
    std::string scene;
    if (mix.is_object(name)) {
      FOCUS_ASSIGN_OR_RETURN(auto details, mix.object(name));
      FOCUS_ASSIGN_OR_RETURN(scene, read_scene(*std::move(details), name));
    } else {
      FOCUS_ASSIGN_OR_RETURN(const auto level, mix.number(name));
      scene = absl::StrCat(name, "=", plan::scene_figure(*level));
    }
    absl::StrAppend(&text, text.empty() ? "" : ", ", scene);
  }
  return text;
}

absl::StatusOr<std::string> read_entry(JsonObject entry) {
  FOCUS_ASSIGN_OR_RETURN(const auto minute, entry.number("from_minute"));
  FOCUS_ASSIGN_OR_RETURN(const auto fade, entry.number("fade_minutes"));
  FOCUS_ASSIGN_OR_RETURN(const auto level, entry.number("level_db"));
  FOCUS_ASSIGN_OR_RETURN(const auto scenes, read_scenes_json(entry, "scenes"));
  FOCUS_RETURN_IF_ERROR(entry.refuse_others());
  if (!minute) return entry.refuse("from_minute", "is required");
  std::string text = plan::scene_figure(*minute);
  if (fade) absl::StrAppend(&text, "/", plan::scene_figure(*fade));
  if (level) absl::StrAppend(&text, " ", plan::scene_figure(*level));
  return absl::StrCat(text, ": ", scenes.value_or(""));
}

}  // namespace

absl::StatusOr<std::optional<std::string>> read_scenes_json(JsonObject& object,
                                                            std::string_view name) {
  if (!object.is_object(name)) {
    auto text = object.text(name);
    if (text.ok()) return text;
    return object.refuse(name, "must be a text or an object of levels");
  }
  FOCUS_ASSIGN_OR_RETURN(auto mix, object.object(name));
  return read_mix(*std::move(mix));
}

absl::StatusOr<std::optional<std::string>> read_programme_json(JsonObject& object,
                                                               std::string_view name) {
  if (!object.is_list(name)) {
    auto text = object.text(name);
    if (text.ok()) return text;
    return object.refuse(name, "must be a text or a list of entries");
  }
  FOCUS_ASSIGN_OR_RETURN(std::vector<JsonObject> entries, object.objects(name));
  std::string programme;
  for (JsonObject& entry : entries) {
    FOCUS_ASSIGN_OR_RETURN(const std::string text, read_entry(std::move(entry)));
    absl::StrAppend(&programme, programme.empty() ? "" : "; ", text);
  }
  return programme;
}

}  // namespace focus::core::rest
