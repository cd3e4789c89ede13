// SPDX-License-Identifier: MIT
// Of a minimal build alone.
#include <set>
#include <string>

#include <catch2/catch.hpp>

#include "base/digest.h"
#include "base/entropy.h"

using namespace focus::core;

TEST_CASE("without libsodium a digest has the same shape, and follows every bit") {
  const std::string bytes(1000, 'x');
  std::set<std::string> seen{digest_of(bytes), digest_of(""), digest_of(bytes + 'x')};
  for (std::size_t k = 0; k < bytes.size(); ++k) {
    std::string other = bytes;
    other[k] ^= static_cast<char>(1 << k % 8);
    seen.insert(digest_of(other));
  }
  CHECK(seen.size() == bytes.size() + 3);
  CHECK(digest_of(bytes) == digest_of(bytes));
  for (const std::string& digest : seen) {
    CHECK(digest.size() == 32);
    CHECK(digest.find_first_not_of("0123456789abcdef") == std::string::npos);
  }
}

TEST_CASE("without libsodium the kernel's generator fills any room, and no two draws are alike") {
  std::string room(5000, '\0');
  Entropy::system().fill(room.data(), room.size());
  std::string other(5000, '\0');
  Entropy::system().fill(other.data(), other.size());
  CHECK(room != other);
  CHECK(room.substr(4900) != std::string(100, '\0'));
}
