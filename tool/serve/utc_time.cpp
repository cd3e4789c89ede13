// SPDX-License-Identifier: MIT
#include "serve/utc_time.h"

#include <algorithm>
#include <cstddef>
#include <ctime>

namespace cli {
namespace {

std::tm now() {
  const std::time_t seconds = std::time(nullptr);
  std::tm parts{};
  ::gmtime_r(&seconds, &parts);
  return parts;
}

std::string digits(int number, std::size_t width) {
  std::string text = std::to_string(number);
  return std::string(width - std::min(width, text.size()), '0') + text;
}

std::string time_of_day(const std::tm& parts) {
  return digits(parts.tm_hour, 2) + ":" + digits(parts.tm_min, 2) + ":" + digits(parts.tm_sec, 2);
}

/// Three letters of a list of names. (strftime would write them in the language of the locale.)
std::string name(const char* names, int index) {
  return std::string(names + static_cast<std::ptrdiff_t>(3) * index, 3);
}

}  // namespace

std::string utc_time() {
  const std::tm parts = now();
  return digits(parts.tm_year + 1900, 4) + "-" + digits(parts.tm_mon + 1, 2) + "-" +
         digits(parts.tm_mday, 2) + "T" + time_of_day(parts) + "Z";
}

std::string http_date() {
  const std::tm parts = now();
  return name("SunMonTueWedThuFriSat", parts.tm_wday) + ", " + digits(parts.tm_mday, 2) + " " +
         name("JanFebMarAprMayJunJulAugSepOctNovDec", parts.tm_mon) + " " +
         digits(parts.tm_year + 1900, 4) + " " + time_of_day(parts) + " GMT";
}

}  // namespace cli
