// SPDX-License-Identifier: MIT
#include <string>

#include <catch2/catch.hpp>

#include "support/command.h"
#include <focus_session/focus_session.hpp>

using focus::test::run;
using focus::test::TempFolder;

TEST_CASE("an engine of the host's own plays a minute, in C and in C++") {
  const TempFolder folder;
  const auto plays = [&](const std::string& program, const std::string& engine) {
    const std::string file = folder / engine + ".wav";
    const auto outcome = run(program + " " + file);
    INFO(outcome.out << outcome.err);
    CHECK(outcome.exit_code == 0);
    CHECK(outcome.out.find(engine) != std::string::npos);
    CHECK(outcome.out.find("studio") == std::string::npos);
    const focus::Measurement measured(file);
    CHECK(measured.info().duration_seconds == 60.0);
    CHECK(measured.info().true_peak_dbtp < -0.9);
    return measured.info().integrated_lufs;
  };
  CHECK(plays(FOCUS_OWN_ENGINE_C, "chords") == Approx(-20.0).margin(1.5));
  CHECK(plays(FOCUS_OWN_ENGINE_CPP, "waves") == Approx(-23.0).margin(1.5));
}

TEST_CASE("both say what is wrong") {
  const TempFolder folder;
  for (const std::string program : {FOCUS_OWN_ENGINE_C, FOCUS_OWN_ENGINE_CPP}) {
    CHECK(run(program).exit_code == 2);
    const auto outcome = run(program + " " + folder / "missing/a.wav");
    CHECK(outcome.exit_code == 1);
    CHECK(outcome.err.find("own_engine: ") == 0);
  }
}
