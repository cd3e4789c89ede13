// SPDX-License-Identifier: MIT
#include "engines/registry.h"

#include <algorithm>
#include <string>
#include <utility>

#include <absl/strings/str_cat.h>

#include "base/error.h"

namespace focus::core::engines {

absl::Status EngineRegistry::add(std::shared_ptr<MusicEngine> engine) {
  const std::string& key = engine->info().key;
  if (key.empty()) return invalid_field("key", "an engine needs one");
  const MutexLock lock(mutex_);
  for (const auto& known : engines_) {
    if (known->info().key == key) {
      return invalid_field("key", "there is already an engine '" + key + "'; choose another key");
    }
  }
  engines_.push_back(std::move(engine));
  return absl::OkStatus();
}

absl::StatusOr<std::shared_ptr<MusicEngine>> EngineRegistry::remove(std::string_view key) {
  const MutexLock lock(mutex_);
  const auto known = std::find_if(engines_.begin(), engines_.end(),
                                  [key](const auto& engine) { return engine->info().key == key; });
  if (known == engines_.end()) {
    return fault_error(Fault::not_found,
                       absl::StrCat("there is no engine '", std::string(key), "'"));
  }
  if (!(*known)->is_of_host()) {
    return fault_error(Fault::unsupported,
                       absl::StrCat("engine '", std::string(key), "' is built in, and stays"));
  }
  std::shared_ptr<MusicEngine> removed = std::move(*known);
  engines_.erase(known);
  prices_.erase(removed->info().key);
  return removed;
}

absl::StatusOr<std::shared_ptr<MusicEngine>> EngineRegistry::find(std::string_view key,
                                                                  const std::string& field) const {
  if (key.empty()) {
    if (auto engine = default_engine()) return engine;
    return invalid_field(field, "no engine is available");
  }
  std::string available;
  const MutexLock lock(mutex_);
  for (const auto& engine : engines_) {
    if (!engine->info().enabled) continue;
    if (engine->info().key == key) return engine;
    available += (available.empty() ? "" : ", ") + engine->info().key;
  }
  return invalid_field(field, "unknown engine '" + std::string(key) + "'; available: " + available);
}

absl::Status EngineRegistry::set_price(std::string_view key, std::int64_t micros_per_minute) {
  if (key.empty()) return invalid_field("engine_key", "must name an engine");
  FOCUS_ASSIGN_OR_RETURN(const auto engine, find(key, "engine_key"));
  if (micros_per_minute < 0 || micros_per_minute > kHighestPrice) {
    return invalid_field("micros_per_minute",
                         absl::StrCat("must be 0 to ", kHighestPrice, ", not ", micros_per_minute));
  }
  const MutexLock lock(mutex_);
  prices_[engine->info().key] = micros_per_minute;
  return absl::OkStatus();
}

std::int64_t EngineRegistry::price_of(std::string_view key) const {
  const MutexLock lock(mutex_);
  if (const auto set = prices_.find(key); set != prices_.end()) return set->second;
  for (const auto& engine : engines_) {
    if (engine->info().key != key) continue;
    return std::clamp<std::int64_t>(engine->info().price_micros_per_minute, 0, kHighestPrice);
  }
  return 0;
}

std::vector<std::shared_ptr<MusicEngine>> EngineRegistry::list() const {
  const MutexLock lock(mutex_);
  return engines_;
}

std::shared_ptr<MusicEngine> EngineRegistry::default_engine() const {
  const MutexLock lock(mutex_);
  std::shared_ptr<MusicEngine> first;
  for (const auto& engine : engines_) {
    if (!engine->info().enabled) continue;
    if (engine->info().key == "studio") return engine;
    if (first == nullptr) first = engine;
  }
  return first;
}

}  // namespace focus::core::engines
