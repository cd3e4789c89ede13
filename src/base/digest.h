// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>

namespace focus::core {

/// 32 lowercase hexadecimal digits that are the same for the same bytes and, whatever anybody
/// tries, others for others (BLAKE2b). In a minimal build that holds only while nobody tries.
std::string digest_of(std::string_view bytes);

}  // namespace focus::core
