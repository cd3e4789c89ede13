// SPDX-License-Identifier: MIT
#include "base/digest.h"

#include <catch2/catch.hpp>

using namespace focus::core;

TEST_CASE("a digest is BLAKE2b of 16 bytes, in hexadecimal") {
  // From RFC 7693's reference implementation (Python: hashlib.blake2b(b"abc", digest_size=16)).
  CHECK(digest_of("abc") == "cf4ab791c62b8d2b2109c90275287816");
  CHECK(digest_of("") == "cae66941d9efbd404e4d88758ea67670");
  CHECK(digest_of(std::string_view("a\0b", 3)) != digest_of("a"));
}

TEST_CASE("a digest in parts is the one of the whole") {
  std::string bytes;
  for (int k = 0; k < 5000; ++k) bytes += static_cast<char>(k * 37);
  for (const std::size_t part : {1u, 127u, 128u, 4096u, 10'000u}) {
    Digest digest;
    for (std::size_t at = 0; at < bytes.size(); at += part) {
      digest.add(std::string_view(bytes).substr(at, part));
    }
    CHECK(digest.finish() == digest_of(bytes));
  }
  CHECK(Digest().finish() == digest_of(""));
}
