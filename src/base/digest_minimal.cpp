// SPDX-License-Identifier: MIT
// Two FNV-1a hashes with different start values, 64 bits each. A minimal build has no HTTP
// interface, so nobody outside can profit from a collision.
#include <cstdint>
#include <cstring>

#include "base/digest.h"
#include "base/hex.h"

namespace focus::core {
namespace {

struct Hashes {
  std::uint64_t forward = 0xcbf29ce484222325ull;
  std::uint64_t other = 0x9ae16a3b2f90404full;
};

}  // namespace

Digest::Digest() {
  const Hashes hashes;
  std::memcpy(state_.data(), &hashes, sizeof hashes);
}

void Digest::add(std::string_view bytes) {
  Hashes hashes;
  std::memcpy(&hashes, state_.data(), sizeof hashes);
  for (const char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    hashes.forward = (hashes.forward ^ byte) * 0x100000001b3ull;
    hashes.other = (hashes.other ^ byte) * 0x100000001b3ull + 1;
  }
  std::memcpy(state_.data(), &hashes, sizeof hashes);
}

std::string Digest::finish() {
  Hashes hashes;
  std::memcpy(&hashes, state_.data(), sizeof hashes);
  unsigned char hash[16];
  for (int k = 0; k < 8; ++k) {
    hash[k] = static_cast<unsigned char>(hashes.forward >> 8 * k);
    hash[8 + k] = static_cast<unsigned char>(hashes.other >> 8 * k);
  }
  return hex_of(hash, sizeof(hash));
}

std::string digest_of(std::string_view bytes) {
  Digest digest;
  digest.add(bytes);
  return digest.finish();
}

}  // namespace focus::core
