// SPDX-License-Identifier: MIT
#pragma once

#include <memory>
#include <mutex>
#include <string_view>
#include <vector>

#include <absl/status/status.h>
#include <absl/status/statusor.h>

#include "engines/engine.h"

namespace focus::core {

/// The engines a service can choose from, in the order in which they were added. Thread-safe; an
/// engine stays until the registry goes, and is shared with whoever found it.
class EngineRegistry {
 public:
  /// The key must be new and not empty.
  absl::Status add(std::shared_ptr<MusicEngine> engine);

  /// The engine of that key; "" is the default engine. The error names the field "engine" and says
  /// what is available.
  absl::StatusOr<std::shared_ptr<MusicEngine>> find(std::string_view key) const;

  std::vector<std::shared_ptr<MusicEngine>> list() const;

  /// "studio" where it is enabled, else the first enabled engine; null when there is none.
  std::shared_ptr<MusicEngine> default_engine() const;

 private:
  mutable std::mutex mutex_;
  std::vector<std::shared_ptr<MusicEngine>> engines_;
};

}  // namespace focus::core
