// SPDX-License-Identifier: MIT
#include "tool/text.h"

#include <limits>

#include <catch2/catch.hpp>

using namespace cli;

TEST_CASE("numbers are written with a point and no negative zero") {
  CHECK(decimal(-18.04, 1) == "-18.0");
  CHECK(decimal(-0.04, 1) == "0.0");
  CHECK(decimal(0.05, 2) == "0.05");
  CHECK(decimal(-std::numeric_limits<double>::infinity(), 1) == "-inf");
}

TEST_CASE("joined words have the separator between them alone") {
  CHECK(joined({}, ", ").empty());
  CHECK(joined({"a"}, ", ") == "a");
  CHECK(joined({"", "b", "c"}, ", ") == ", b, c");
}

TEST_CASE("times read as on a clock") {
  CHECK(clock(0.0) == "0:00");
  CHECK(clock(59.6) == "1:00");
  CHECK(clock(600.0) == "10:00");
  CHECK(clock(3600.0 * 8 + 62.0) == "8:01:02");
  CHECK(clock(-3.0) == "0:00");
}

TEST_CASE("numbers are read whole or not at all") {
  CHECK(whole_number("-12") == -12);
  CHECK_FALSE(whole_number("1.5"));
  CHECK_FALSE(whole_number("12 "));
  CHECK_FALSE(whole_number(""));
  CHECK(real_number("0.5") == 0.5);
  CHECK_FALSE(real_number("0,5"));
  CHECK(natural_number("18446744073709551615") == 18446744073709551615ULL);
  CHECK_FALSE(natural_number("-1"));
}

TEST_CASE("cells are as wide as they are told, counted in letters") {
  CHECK(left("ab", 4) == "ab  ");
  CHECK(right("ab", 4) == "  ab");
  CHECK(right("abcdef", 4) == "abcdef");
  CHECK(left("\xc3\xa9t\xc3\xa9", 4) == "\xc3\xa9t\xc3\xa9 ");
}

TEST_CASE("a file name that is not UTF-8 is shown with replacement characters") {
  CHECK(utf8("caf\xE9.wav") == "caf\uFFFD.wav");
  CHECK(utf8("caf\u00E9 \u96E8 \U0001F3B5") == "caf\u00E9 \u96E8 \U0001F3B5");
  // Overlong, a surrogate, beyond U+10FFFF, cut short.
  CHECK(utf8("\xC0\x80") == "\uFFFD\uFFFD");
  CHECK(utf8("\xED\xA0\x80") == "\uFFFD\uFFFD\uFFFD");
  CHECK(utf8("\xF4\x90\x80\x80") == "\uFFFD\uFFFD\uFFFD\uFFFD");
  CHECK(utf8("a\xE2\x82") == "a\uFFFD\uFFFD");
  CHECK(utf8("") == "");
}

TEST_CASE("nothing in a name commands the terminal or breaks the line") {
  CHECK(plain("a\x1B[31mb\nc\rd\te\x7F") == "a [31mb c d e ");
  CHECK(plain("a\xC2\x9B"
              "31mb\xC2\xA0"
              "c") ==
        "a 31mb\xC2\xA0"
        "c");
  CHECK(plain("a\x9B"
              "31mb") == "a\uFFFD31mb");
  CHECK(plain("one\u2028two\u2029") == "one two ");
}

TEST_CASE("a quoted name is what a shell reads, and has nothing that commands the terminal") {
  CHECK(shell_quoted("a/b-1.wav") == "a/b-1.wav");
  CHECK(shell_quoted("it's here.wav") == "'it'\\''s here.wav'");
  CHECK(shell_quoted("caf\u00E9.wav") == "caf\u00E9.wav");
  CHECK(shell_quoted("caf\xE9.wav") == "$'caf\\xE9.wav'");
  CHECK(shell_quoted("a\x1B[2J'\\.wav") == "$'a\\x1B[2J\\'\\\\.wav'");
}
