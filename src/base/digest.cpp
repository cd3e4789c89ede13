// SPDX-License-Identifier: MIT
#include "base/digest.h"

#include <array>
#include <sodium.h>

#include "base/hex.h"

namespace focus::core {

std::string digest_of(std::string_view bytes) {
  std::array<unsigned char, 16> hash{};
  crypto_generichash(hash.data(), hash.size(), reinterpret_cast<const unsigned char*>(bytes.data()),
                     bytes.size(), nullptr, 0);
  return hex_of(hash.data(), hash.size());
}

}  // namespace focus::core
