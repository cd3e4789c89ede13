// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>

namespace focus::core {

/// Returns a digest of `bytes` as 32 lowercase hexadecimal digits. It is a 128-bit BLAKE2b hash,
/// hence collision-resistant. A minimal build uses FNV-1a instead, which detects accidental
/// differences but not deliberate collisions.
std::string digest_of(std::string_view bytes);

}  // namespace focus::core
