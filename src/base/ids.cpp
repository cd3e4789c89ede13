// SPDX-License-Identifier: MIT
#include "base/ids.h"

#include <algorithm>
#include <array>

#include "base/hex.h"

namespace focus::core {
namespace {

constexpr std::string_view kHexDigits = "0123456789abcdef";
constexpr std::size_t kDigits = 12;

bool has_shape(std::string_view id, std::string_view prefix) {
  return id.size() == prefix.size() + kDigits && id.starts_with(prefix) &&
         std::all_of(id.begin() + prefix.size(), id.end(),
                     [](char c) { return kHexDigits.find(c) != std::string_view::npos; });
}

}  // namespace

std::string make_id(std::string_view prefix, Entropy& entropy) {
  std::array<unsigned char, kDigits / 2> bytes{};
  entropy.fill(bytes.data(), bytes.size());
  return std::string(prefix) + hex_of(bytes.data(), bytes.size());
}

bool is_session_id(std::string_view id) { return has_shape(id, kSessionIdPrefix); }
bool is_track_id(std::string_view id) { return has_shape(id, kTrackIdPrefix); }

}  // namespace focus::core
