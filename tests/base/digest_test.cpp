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
