// SPDX-License-Identifier: MIT
#include "engines/check/description.h"

#include <algorithm>

namespace focus::core::engines {
namespace {

constexpr std::size_t kLongestKey = 63;
constexpr int kShortestMaximum = 30;

bool is_key(const std::string& key) {
  return !key.empty() && key.size() <= kLongestKey &&
         std::all_of(key.begin(), key.end(), [](char c) {
           return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '-' ||
                  c == '.';
         });
}

}  // namespace

std::string description_fault(const EngineInfo& info) {
  if (!is_key(info.key)) return "key: use 1 to 63 of a-z, 0-9, '_', '-' and '.'";
  if (info.display_name.empty()) return "display_name: say what people should call it";
  if (info.version.empty()) return "version: name one, and another whenever its music changes";
  if (info.commercial_use && !permits_commercial_use(info.licence_class)) {
    return "commercial_use: is overstated, since the licence is " +
           std::string(name_of(info.licence_class)) +
           "; set it to 0, or name the licence that permits it";
  }
  if (!info.commercial_use && info.licence_class == LicenceClass::commercial_cleared) {
    return "licence_class: commercial_cleared contradicts commercial_use 0; set one as the other "
           "is";
  }
  if (info.max_duration_seconds < kShortestMaximum) {
    return "max_duration_seconds: no session can be planned with less than 30";
  }
  if (info.concurrency < 0) return "concurrency: must not be negative";
  if (!(info.expected_speed > 0.0)) return "expected_speed: must be more than 0";
  if (info.price_micros_per_minute < 0) return "price_micros_per_minute: must not be negative";
  return {};
}

}  // namespace focus::core::engines
