// SPDX-License-Identifier: MIT
#include "base/digest.h"

#include <array>
#include <sodium.h>

#include "base/hex.h"

namespace focus::core {
namespace {

using DigestBytes = std::array<unsigned char, 16>;

crypto_generichash_state* state_in(std::array<unsigned char, 384>& room) {
  static_assert(sizeof(crypto_generichash_state) <= sizeof room);
  return reinterpret_cast<crypto_generichash_state*>(room.data());
}

}  // namespace

std::string digest_of(std::string_view bytes) {
  DigestBytes hash{};
  crypto_generichash(hash.data(), hash.size(), reinterpret_cast<const unsigned char*>(bytes.data()),
                     bytes.size(), nullptr, 0);
  return hex_of(hash.data(), hash.size());
}

Digest::Digest() { crypto_generichash_init(state_in(state_), nullptr, 0, DigestBytes().size()); }

void Digest::add(std::string_view bytes) {
  crypto_generichash_update(state_in(state_), reinterpret_cast<const unsigned char*>(bytes.data()),
                            bytes.size());
}

std::string Digest::finish() {
  DigestBytes hash{};
  crypto_generichash_final(state_in(state_), hash.data(), hash.size());
  return hex_of(hash.data(), hash.size());
}

}  // namespace focus::core
