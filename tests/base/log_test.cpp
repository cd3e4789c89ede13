// SPDX-License-Identifier: MIT
#include "base/log.h"

#include <vector>

#include <catch2/catch.hpp>

using namespace focus::core;

TEST_CASE("a log gives what is important enough, and is silent without a sink") {
  std::vector<std::string> lines;
  const Log log([&](LogLevel, const std::string& line) { lines.push_back(line); },
                LogLevel::warning);
  const Log copy = log;
  log.write(LogLevel::info, "made a segment");
  log.write(LogLevel::warning, "late");
  copy.write(LogLevel::error, "broken");
  CHECK(lines == std::vector<std::string>{"late", "broken"});
  Log().write(LogLevel::error, "nobody hears this");
}

TEST_CASE("what one log's sink does holds up no other log") {
  bool heard = false;
  const Log other([&](LogLevel, const std::string&) { heard = true; });
  const Log log([&](LogLevel, const std::string& line) { other.write(LogLevel::info, line); });
  log.write(LogLevel::info, "handed on");
  CHECK(heard);
}
