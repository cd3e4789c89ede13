// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <absl/status/status.h>
#include <absl/status/statusor.h>

#include "base/mutex.h"
#include "engines/engine.h"

namespace focus::core::engines {

/// The engines that a service can use, in the order in which they were added. Thread-safe. Engines
/// are shared: one that was found remains valid after its removal.
class EngineRegistry {
 public:
  /// The key must be new and not empty.
  absl::Status add(std::shared_ptr<MusicEngine> engine);
  /// Removes an engine that the host has added, and its price. Callers that found it before may
  /// still use it (see MusicEngine::retire). Fault::not_found if there is none; Fault::unsupported
  /// if it is built in.
  absl::StatusOr<std::shared_ptr<MusicEngine>> remove(std::string_view key);

  /// Returns the engine with this key; "" is the default engine. The error names `field` and lists
  /// the available engines.
  absl::StatusOr<std::shared_ptr<MusicEngine>> find(std::string_view key,
                                                    const std::string& field = "engine") const;

  static constexpr std::int64_t kHighestPrice = 1'000'000'000'000;
  /// Sets the price of a minute of this engine's music, in millionths of the host's currency: 0 to
  /// kHighestPrice. It overrides the engine's own price. The error names the field.
  absl::Status set_price(std::string_view key, std::int64_t micros_per_minute);
  /// Returns 0 if there is no such engine.
  std::int64_t price_of(std::string_view key) const;

  std::vector<std::shared_ptr<MusicEngine>> list() const;

  /// Returns "studio" if it is enabled, else the first enabled engine, or null if there is none.
  std::shared_ptr<MusicEngine> default_engine() const;

 private:
  mutable Mutex mutex_;
  std::vector<std::shared_ptr<MusicEngine>> engines_ ABSL_GUARDED_BY(mutex_);
  /// That the host has set.
  std::map<std::string, std::int64_t, std::less<>> prices_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace focus::core::engines
