// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>

namespace focus::core::store {

/// What percent-encoding does with a slash: it is data in a query, and a separator in a path.
enum class Slash { encoded, kept };

/// Percent-encodes `text` as AWS Signature Version 4 has it: all bytes but the unreserved
/// characters of RFC 3986 (letters, digits, "-", ".", "_", "~"), with upper-case digits.
std::string percent_encode(std::string_view text, Slash slash);

/// The text of which percent_encode() makes `encoded`. A "%" without two digits stays what it is.
std::string percent_decode(std::string_view encoded);

}  // namespace focus::core::store
