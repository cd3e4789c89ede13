// SPDX-License-Identifier: MIT
// Whole numbers as they stand in files, most or least significant byte first.
#pragma once

#include <cstdint>

namespace focus::core {

constexpr std::uint64_t big_endian(const unsigned char* bytes, int count) {
  std::uint64_t value = 0;
  for (int i = 0; i < count; ++i) value = value << 8 | bytes[i];
  return value;
}
constexpr std::uint64_t little_endian(const unsigned char* bytes, int count) {
  std::uint64_t value = 0;
  for (int i = count - 1; i >= 0; --i) value = value << 8 | bytes[i];
  return value;
}

/// Appends the lowest `count` bytes of `value` to a string or a vector of bytes.
template <typename Bytes>
void append_big_endian(Bytes& to, std::uint64_t value, int count) {
  for (int i = count - 1; i >= 0; --i) {
    to.push_back(static_cast<typename Bytes::value_type>(value >> (8 * i) & 255));
  }
}
template <typename Bytes>
void append_little_endian(Bytes& to, std::uint64_t value, int count) {
  for (int i = 0; i < count; ++i) {
    to.push_back(static_cast<typename Bytes::value_type>(value >> (8 * i) & 255));
  }
}

}  // namespace focus::core
