// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <string>
#include <string_view>

namespace focus::core {

/// Returns a digest of `bytes` as 32 lowercase hexadecimal digits. It is a 128-bit BLAKE2b hash,
/// hence collision-resistant. A minimal build uses FNV-1a instead, which detects accidental
/// differences but not deliberate collisions.
std::string digest_of(std::string_view bytes);

/// The same of bytes that are added in parts, however they are divided.
class Digest {
 public:
  Digest();
  void add(std::string_view bytes);
  /// Ends the digest: nothing can be added any more.
  std::string finish();

 private:
  alignas(64) std::array<unsigned char, 384> state_;
};

}  // namespace focus::core
