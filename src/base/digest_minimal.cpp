// SPDX-License-Identifier: MIT
// Two FNV-1a hashes with different start values, 64 bits each. A minimal build has no HTTP
// interface, so nobody outside can profit from a collision.
#include <cstdint>

#include "base/digest.h"
#include "base/hex.h"

namespace focus::core {

std::string digest_of(std::string_view bytes) {
  std::uint64_t forward = 0xcbf29ce484222325ull;
  std::uint64_t other = 0x9ae16a3b2f90404full;
  for (const char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    forward = (forward ^ byte) * 0x100000001b3ull;
    other = (other ^ byte) * 0x100000001b3ull + 1;
  }
  unsigned char hash[16];
  for (int k = 0; k < 8; ++k) {
    hash[k] = static_cast<unsigned char>(forward >> 8 * k);
    hash[8 + k] = static_cast<unsigned char>(other >> 8 * k);
  }
  return hex_of(hash, sizeof(hash));
}

}  // namespace focus::core
