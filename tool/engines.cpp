// SPDX-License-Identifier: MIT
#include <iostream>
#include <string>

#include "json.h"
#include "options.h"
#include <focus_session/focus_session.hpp>

namespace cli {
namespace {

std::string in_words(const focus::EngineInfo& engine) {
  std::string words = name_of(engine.licence_class);
  words += engine.commercial_use ? "; may be used commercially" : "; not for commercial use";
  words += engine.requires_attribution ? ", with attribution" : ", no attribution needed";
  return words;
}

std::string price_of(const focus::EngineInfo& engine) {
  if (engine.price_micros_per_minute == 0) return "free";
  return std::to_string(engine.price_micros_per_minute) + " micro-units a minute";
}

std::string at_a_time(const focus::EngineInfo& engine) {
  if (engine.concurrency == 0) return "as many segments as there are workers";
  if (engine.concurrency == 1) return "one segment";
  return std::to_string(engine.concurrency) + " segments";
}

void print_json(const std::vector<focus::EngineInfo>& engines) {
  JsonWriter json;
  json.StartObject();
  json.Key("engines");
  json.StartArray();
  for (const focus::EngineInfo& engine : engines) {
    json.StartObject();
    json.text("engine_key", engine.key);
    json.text("display_name", engine.display_name);
    json.text("description", engine.description);
    json.text("version", engine.version);
    json.flag("enabled", engine.enabled);
    json.whole("max_duration_seconds", engine.max_duration_seconds);
    json.flag("vocals", engine.vocals);
    json.flag("stems", engine.stems);
    json.flag("score", engine.has_score);
    json.whole("concurrency", engine.concurrency);
    json.text("licence_class", name_of(engine.licence_class));
    json.flag("commercial_use", engine.commercial_use);
    json.flag("requires_attribution", engine.requires_attribution);
    json.whole("price_micros_per_minute", engine.price_micros_per_minute);
    json.EndObject();
  }
  json.EndArray();
  json.EndObject();
  json.print(std::cout);
}

}  // namespace

int engines(const EnginesOptions& options) {
  focus::Service service(
      focus::ServiceOptions{}.with_storage(focus::Storage::memory).with_worker_count(1));
  add_engine(service, options.engine, LibraryScan::in_background);
  const std::vector<focus::EngineInfo> engines = service.engines();
  if (options.json) {
    print_json(engines);
    return 0;
  }
  for (const focus::EngineInfo& engine : engines) {
    std::cout << engine.key << "  " << engine.display_name << ' ' << engine.version
              << (engine.enabled ? "" : "  (disabled)") << '\n'
              << (engine.description.empty() ? "" : "    " + engine.description + "\n")
              << "    licence: " << in_words(engine) << '\n'
              << "    price: " << price_of(engine) << '\n'
              << "    segments: up to " << engine.max_duration_seconds << " s\n"
              << "    at a time: " << at_a_time(engine) << '\n'
              << "    score as MIDI: " << (engine.has_score ? "yes" : "no") << '\n';
  }
  return 0;
}

}  // namespace cli
