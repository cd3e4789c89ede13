// SPDX-License-Identifier: MIT
#include "base/clock.h"

#include <chrono>

#include <absl/strings/str_cat.h>

namespace focus::core {
namespace {

class SystemClock final : public Clock {
 public:
  double steady_seconds() const override {
    return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch())
        .count();
  }
  std::int64_t unix_seconds() const override {
    return std::chrono::duration_cast<std::chrono::seconds>(
               std::chrono::system_clock::now().time_since_epoch())
        .count();
  }
};

}  // namespace

Clock& Clock::system() {
  // Never destroyed: at the end of the program workers may still ask for the time.
  static auto* const clock = new SystemClock;
  return *clock;
}

std::string format_utc(std::int64_t unix_seconds) {
  using namespace std::chrono;
  const sys_seconds time{seconds(unix_seconds)};
  const auto midnight = floor<days>(time);
  const year_month_day date(midnight);
  const hh_mm_ss clock(time - midnight);
  const auto two = [](auto number) { return absl::Dec(number, absl::kZeroPad2); };
  return absl::StrCat(absl::Dec(static_cast<int>(date.year()), absl::kZeroPad4), "-",
                      two(static_cast<unsigned>(date.month())), "-",
                      two(static_cast<unsigned>(date.day())), "T", two(clock.hours().count()), ":",
                      two(clock.minutes().count()), ":", two(clock.seconds().count()), "Z");
}

}  // namespace focus::core
