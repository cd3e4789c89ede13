// SPDX-License-Identifier: MIT
#include "base/text.h"

#include <catch2/catch.hpp>

using namespace focus::core;

TEST_CASE("numbers are written with a point and as many digits as asked for") {
  CHECK(decimals(0.375, 2) == "0.38");
  CHECK(decimals(-12.0, 1) == "-12.0");
  CHECK(decimals(1234.5678, 0) == "1235");
  CHECK(decimals(1e308, 3).size() == 309 + 4);
}

TEST_CASE("UTF-8 is told from what only looks like it") {
  CHECK(is_utf8("Zürich, 音楽, 🎧"));
  CHECK(is_utf8(""));
  CHECK_FALSE(is_utf8("\xC0\xAF"));          // overlong
  CHECK_FALSE(is_utf8("\xED\xA0\x80"));      // a surrogate
  CHECK_FALSE(is_utf8("\xF4\x90\x80\x80"));  // past U+10FFFF
  CHECK_FALSE(is_utf8("\xE9"));              // Latin-1
  CHECK_FALSE(is_utf8("abc\xC3"));           // cut off
}

TEST_CASE("one line is one line of whole characters") {
  CHECK(one_line("a\nb\tc", 100) == "a b c");
  CHECK(one_line("a\xFFz", 100) == "a?z");
  // Control characters of Latin-1, one of which begins commands to a terminal, and ends of line.
  CHECK(one_line("a\xC2\x9B"
                 "31mb\xC2\x85"
                 "c\u2028d\u2029e\u00A0f",
                 100) == "a 31mb c d e\u00A0f");
  CHECK(one_line("aü", 2) == "a");
  CHECK(one_line("aü", 3) == "aü");
  CHECK(is_utf8(one_line("Zürich\xC3 in the rain", 9)));
}

TEST_CASE("blank is blank in any script") {
  CHECK(is_blank(""));
  CHECK(is_blank(" \t\r\n"));
  CHECK(is_blank("\u00A0\u2003\u3000"));
  CHECK_FALSE(is_blank("\u00A0x"));
  CHECK_FALSE(is_blank("音"));
  CHECK_FALSE(is_blank(" \xFF"));
}
