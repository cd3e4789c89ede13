// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace focus::core {

/// Two lowercase hexadecimal digits a byte.
std::string hex_of(const unsigned char* bytes, std::size_t count);

/// Reads exactly `count` bytes; false, and nothing said of `bytes`, where the text is anything
/// else. Upper case counts too.
bool bytes_of_hex(std::string_view hex, unsigned char* bytes, std::size_t count);

}  // namespace focus::core
