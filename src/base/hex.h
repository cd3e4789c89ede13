// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace focus::core {

/// Writes each byte as two lowercase hexadecimal digits.
std::string hex_of(const unsigned char* bytes, std::size_t count);

/// Reads exactly `count` bytes; upper-case digits are accepted. Returns false if `hex` is anything
/// else; the content of `bytes` is then unspecified.
bool bytes_of_hex(std::string_view hex, unsigned char* bytes, std::size_t count);

}  // namespace focus::core
