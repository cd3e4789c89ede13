// SPDX-License-Identifier: MIT
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <utility>

#include "base/mutex.h"

namespace focus::core {

enum class LogLevel { debug, info, warning, error };

/// Where the library says what happens inside it: silent unless the host gave a sink. The sink is
/// called from worker threads, never from the audio thread, and one call at a time. Copies share
/// it.
class Log {
 public:
  using Sink = std::function<void(LogLevel, const std::string&)>;

  Log() = default;
  /// The sink gets nothing that is less important than `least`.
  explicit Log(Sink sink, LogLevel least = LogLevel::debug)
      : outlet_(std::make_shared<Outlet>(std::move(sink), least)) {}

  void write(LogLevel level, const std::string& message) const;

 private:
  struct Outlet {
    Outlet(Sink its_sink, LogLevel its_least) : sink(std::move(its_sink)), least(its_least) {}
    const Sink sink;
    const LogLevel least;
    Mutex one_at_a_time{LockRank::log};
  };
  std::shared_ptr<Outlet> outlet_;  // none where it is silent
};

}  // namespace focus::core
