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
