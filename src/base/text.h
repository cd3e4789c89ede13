// SPDX-License-Identifier: MIT
#pragma once

#include <string_view>

namespace focus::core {

/// Whether `text` is well-formed UTF-8 (RFC 3629: no overlong forms, no surrogates, nothing past
/// U+10FFFF).
bool is_utf8(std::string_view text);

/// Whether `text` is empty or ASCII white space only.
bool is_blank(std::string_view text);

}  // namespace focus::core
