// SPDX-License-Identifier: MIT
#include "engines/registry.h"

#include <string>
#include <utility>

#include "base/error.h"

namespace focus::core {

absl::Status EngineRegistry::add(std::shared_ptr<MusicEngine> engine) {
  const std::string& key = engine->info().key;
  if (key.empty()) return invalid_field("engine", "an engine needs a key");
  const std::lock_guard lock(mutex_);
  for (const auto& known : engines_) {
    if (known->info().key == key) {
      return with_field(absl::AlreadyExistsError("there is already an engine '" + key + "'"),
                        "engine");
    }
  }
  engines_.push_back(std::move(engine));
  return absl::OkStatus();
}

absl::StatusOr<std::shared_ptr<MusicEngine>> EngineRegistry::find(std::string_view key) const {
  if (key.empty()) {
    if (auto engine = default_engine()) return engine;
    return invalid_field("engine", "no engine is available");
  }
  std::string available;
  const std::lock_guard lock(mutex_);
  for (const auto& engine : engines_) {
    if (!engine->info().enabled) continue;
    if (engine->info().key == key) return engine;
    available += (available.empty() ? "" : ", ") + engine->info().key;
  }
  return invalid_field("engine",
                       "unknown engine '" + std::string(key) + "'; available: " + available);
}

std::vector<std::shared_ptr<MusicEngine>> EngineRegistry::list() const {
  const std::lock_guard lock(mutex_);
  return engines_;
}

std::shared_ptr<MusicEngine> EngineRegistry::default_engine() const {
  const std::lock_guard lock(mutex_);
  std::shared_ptr<MusicEngine> first;
  for (const auto& engine : engines_) {
    if (!engine->info().enabled) continue;
    if (engine->info().key == "studio") return engine;
    if (first == nullptr) first = engine;
  }
  return first;
}

}  // namespace focus::core
