// SPDX-License-Identifier: MIT
#include "rest/engine_json.h"

#include "rest/json_writer.h"

namespace focus::core::rest {

std::string engines_json(const std::vector<std::shared_ptr<engines::MusicEngine>>& engines) {
  JsonText text;
  JsonWriter& json = text.writer();
  json.StartObject();
  write_key(json, "engines");
  json.StartArray();
  for (const auto& engine : engines) {
    const engines::EngineInfo& info = engine->info();
    json.StartObject();
    write(json, "engine_key", info.key);
    write(json, "display_name", info.display_name);
    write(json, "enabled", info.enabled);
    write(json, "max_duration_seconds", info.max_duration_seconds);
    write(json, "vocals", info.vocals);
    write(json, "stems", info.stems);
    write_key(json, "supported_languages");
    json.StartArray();
    for (const std::string& language : info.supported_languages) write_text(json, language);
    json.EndArray();
    write(json, "licence_class", name_of(info.licence_class));
    write(json, "commercial_use", info.commercial_use);
    write(json, "requires_attribution", info.requires_attribution);
    json.EndObject();
  }
  json.EndArray();
  json.EndObject();
  return text.take();
}

}  // namespace focus::core::rest
