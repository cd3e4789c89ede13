// SPDX-License-Identifier: MIT
#include <filesystem>
#include <string>

#include <catch2/catch.hpp>

#include "support/command.h"
#include <focus_session/focus_session.hpp>

using focus::test::run;
using focus::test::TempFolder;

TEST_CASE("both examples play a minute into a file") {
  const TempFolder folder;
  for (const std::string example : {FOCUS_EXAMPLE_C, FOCUS_EXAMPLE_CPP}) {
    const auto outcome = run(example + " " + folder / "a.wav" + " 1");
    INFO(outcome.err);
    CHECK(outcome.exit_code == 0);
    CHECK(focus::Measurement(folder / "a.wav").info().duration_seconds == 60.0);
    std::filesystem::remove(folder / "a.wav");
  }
}

TEST_CASE("both examples say what is wrong") {
  const TempFolder folder;
  for (const std::string example : {FOCUS_EXAMPLE_C, FOCUS_EXAMPLE_CPP}) {
    CHECK(run(example).exit_code == 2);
    const auto outcome = run(example + " " + folder / "a.wav" + " 0");
    CHECK(outcome.exit_code == 1);
    CHECK(outcome.err.find("target_minutes") != std::string::npos);
    CHECK(run(example + " " + folder / "missing/a.wav" + " 1").exit_code == 1);
    CHECK(std::filesystem::is_empty(folder.path()));
  }
}
