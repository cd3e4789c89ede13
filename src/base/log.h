// SPDX-License-Identifier: MIT
#pragma once

#include <functional>
#include <string>

namespace focus::core {

enum class LogLevel { debug, info, warning, error };

/// Where the library says what happens inside it: silent unless the host gave a sink. The sink is
/// called from worker threads, never from the audio thread, and one call at a time.
class Log {
 public:
  using Sink = std::function<void(LogLevel, const std::string&)>;

  Log() = default;
  explicit Log(Sink sink) : sink_(std::move(sink)) {}

  void write(LogLevel level, const std::string& message) const;

 private:
  Sink sink_;
};

}  // namespace focus::core
