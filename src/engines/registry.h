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

namespace focus::core {

/// The engines a service can choose from, in the order in which they were added. Thread-safe; an
/// engine is shared with whoever found it.
class EngineRegistry {
 public:
  /// The key must be new and not empty.
  absl::Status add(std::shared_ptr<MusicEngine> engine);
  /// Takes out an engine that a host has brought, with the price that was set for it. Whoever found
  /// it has it still (see MusicEngine::retire). kNotFound; kUnimplemented where it is built in.
  absl::StatusOr<std::shared_ptr<MusicEngine>> remove(std::string_view key);

  /// The engine of that key; "" is the default engine. The error names `field` and says what is
  /// available.
  absl::StatusOr<std::shared_ptr<MusicEngine>> find(std::string_view key,
                                                    const std::string& field = "engine") const;

  static constexpr std::int64_t kHighestPrice = 1'000'000'000'000;
  /// What a minute of this engine's music costs from now on, in millionths: 0 to kHighestPrice,
  /// whatever the engine says itself. The error names the field.
  absl::Status set_price(std::string_view key, std::int64_t micros_per_minute);
  /// 0 where there is no such engine.
  std::int64_t price_of(std::string_view key) const;

  std::vector<std::shared_ptr<MusicEngine>> list() const;

  /// "studio" where it is enabled, else the first enabled engine; null when there is none.
  std::shared_ptr<MusicEngine> default_engine() const;

 private:
  mutable Mutex mutex_;
  std::vector<std::shared_ptr<MusicEngine>> engines_ ABSL_GUARDED_BY(mutex_);
  /// That the host has set.
  std::map<std::string, std::int64_t, std::less<>> prices_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace focus::core
