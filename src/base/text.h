// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace focus::core {

/// Whether `text` is well-formed UTF-8 (RFC 3629): no overlong forms, no surrogates, nothing beyond
/// U+10FFFF.
bool is_utf8(std::string_view text);

/// Returns `text` as one line of UTF-8, of at most `most_bytes`, cut between two characters.
/// Control characters and Unicode's ends of line become spaces, bytes that are not UTF-8 become
/// "?".
std::string one_line(std::string_view text, std::size_t most_bytes);

/// Formats `value` with `digits` decimal places, independently of the locale: decimals(0.25, 1) is
/// "0.2".
std::string decimals(double value, int digits);

/// Whether `text` is empty or white space only (Unicode's White_Space).
bool is_blank(std::string_view text);

}  // namespace focus::core
