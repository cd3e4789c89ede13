// SPDX-License-Identifier: MIT
#pragma once

#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <utility>

namespace focus::core {

enum class LogLevel { debug, info, warning, error };

/// Passes the library's messages to the host. It is silent unless the host supplied a sink. The
/// sink is called from worker threads, one call at a time, and never from the audio thread. Copies
/// share the sink.
class Log {
 public:
  using Sink = std::function<void(LogLevel, const std::string&)>;

  Log() = default;
  /// The sink receives no message of a lower level than `least`.
  explicit Log(Sink sink, LogLevel least = LogLevel::debug)
      : outlet_(std::make_shared<Outlet>(std::move(sink), least)) {}

  void write(LogLevel level, const std::string& message) const;

 private:
  struct Outlet {
    Outlet(Sink its_sink, LogLevel its_least) : sink(std::move(its_sink)), least(its_least) {}
    const Sink sink;
    const LogLevel least;
    /// Not a Mutex with a rank: the sink runs under it, and may use another service and its log.
    std::mutex one_at_a_time;
  };
  std::shared_ptr<Outlet> outlet_;  // null if silent
};

}  // namespace focus::core
