// SPDX-License-Identifier: MIT
#pragma once

#include <atomic>
#include <cstdint>
#include <string>

namespace focus::core {

inline constexpr int kSecondsPerDay = 86'400;

/// The source of time. Nothing else in the library reads a clock, so a test can run a whole night
/// in seconds. Thread-safe.
class Clock {
 public:
  virtual ~Clock() = default;

  /// Monotonic seconds with an arbitrary origin: only differences are meaningful.
  virtual double steady_seconds() const = 0;
  /// Seconds since 1970-01-01T00:00:00Z.
  virtual std::int64_t unix_seconds() const = 0;
  /// The same in milliseconds, as leases count: whole seconds.
  std::int64_t unix_milliseconds() const { return unix_seconds() * 1000; }

  /// The machine's own clock.
  static Clock& system();
};

/// A clock for tests, which moves only when advance() is called.
class ManualClock final : public Clock {
 public:
  explicit ManualClock(std::int64_t unix_start = 1'750'000'000) : unix_start_(unix_start) {}

  double steady_seconds() const override { return elapsed_.load(); }
  std::int64_t unix_seconds() const override {
    return unix_start_ + static_cast<std::int64_t>(elapsed_.load());
  }
  void advance(double seconds) { elapsed_.store(elapsed_.load() + seconds); }

 private:
  std::int64_t unix_start_;
  std::atomic<double> elapsed_{0.0};
};

/// RFC 3339 in UTC with whole seconds: "2026-06-28T10:30:20Z".
std::string format_utc(std::int64_t unix_seconds);

}  // namespace focus::core
