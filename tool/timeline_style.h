// SPDX-License-Identifier: MIT
// What the drawing of a session looks like, on light and on dark pages.
#pragma once

#include <string>
#include <string_view>

namespace cli {

/// The place of a key's tonic on the circle of fifths, 0 (C) to 11 (F): neighbours in music get
/// neighbouring colours.
int tonic_of(std::string_view key);

/// The style sheet. Blocks are of class `tonicN`, N as tonic_of says.
std::string timeline_style();

}  // namespace cli
