// SPDX-License-Identifier: MIT
// Whatever is wrong is said before any music is made, in one line that names the option.
#include <filesystem>
#include <fstream>

#include <catch2/catch.hpp>

#include "support/command.h"

using focus::test::Outcome;
using focus::test::run;
using focus::test::TempFolder;

namespace {

const std::string kTool = FOCUS_TOOL;

/// The command ended with `exit_code`, one line of its own on stderr that has `words` in it, and
/// nothing on stdout.
void check_refused(const Outcome& outcome, int exit_code, const std::string& words) {
  INFO(outcome.err);
  CHECK(outcome.exit_code == exit_code);
  CHECK(outcome.out.empty());
  CHECK(outcome.err.rfind("focus-session: ", 0) == 0);
  CHECK(outcome.err.find(words) != std::string::npos);
  CHECK(outcome.err.find('\n') == outcome.err.size() - 1);
}

}  // namespace

TEST_CASE("a bad option ends with 2, names the option and leaves nothing behind") {
  const TempFolder folder;
  const auto [option, words] = GENERATE(table<std::string, std::string>({
      {"--minutes 0", "--minutes: must be"},
      {"--minutes 1441", "--minutes: must be"},
      {"--minutes 1.5", "--minutes: must be a whole number"},
      {"--minutes ten", "--minutes: must be a whole number"},
      {"--minutes 99999999999", "--minutes: must be a whole number"},
      {"--goal party", "--goal: must be one of focus, relax"},
      {"--goal custom_prompt", "--prompt"},
      {"--prompt ' '", "--prompt: must not be blank"},
      {"--prompt rain --goal sleep", "--prompt: is heard only"},
      {"--intensity extreme", "--intensity: must be one of low"},
      {"--divergence 1.01", "--divergence: must be"},
      {"--divergence -0.1", "--divergence: must be"},
      {"--divergence nan", "--divergence: must be"},
      {"--divergence 0,5", "--divergence: must be a number such as 0.5"},
      {"--rate 4000", "--rate: must be"},
      {"--rate 400000", "--rate: must be"},
      {"--target-lufs 3", "--target-lufs: must be"},
      {"--target-lufs 0", "--target-lufs: must be"},
      {"--target-lufs -41", "--target-lufs: must be"},
      {"--engine nobody", "--engine: "},
      {"--seed -1", "--seed: must be"},
      {"--seed 18446744073709551616", "--seed: must be"},
      {"--jobs 0", "--jobs: must be 1 to 64"},
      {"--modulation-depth 1.5", "--modulation-depth: must be"},
      {"--modulation-depth 0.5 --goal sleep", "--modulation-depth: is for the goals focus"},
      {"--level flute=3", "--level: must be one of pads, bass"},
      {"--level melody", "--level: must be such as melody=-6"},
      {"--level melody=loud", "--level: must be such as melody=-6"},
      {"--level melody=13", "--level melody: must be a level from -60"},
      {"--work-minutes 25", "--break-minutes: must be 1 to 60"},
      {"--work-minutes 3 --break-minutes 5", "--work-minutes: must be 5 to 120"},
      {"--work-minutes 25 --break-minutes 5 --goal relax", "--work-minutes: is for the goals"},
      {"--ending-seconds 0", "--ending-seconds: must be 1 to 3600"},
      {"--ending-seconds 400", "--ending-seconds: must be at most half the session, 300 seconds"},
      {"--minuts 3", "--minuts"},
  }));
  check_refused(run(kTool + " render " + folder / "a.flac" + " " + option), 2, words);
  check_refused(
      run(kTool + " render " + folder / "s/a.flac" + " --segments " + folder / "s/ " + option), 2,
      words);
  CHECK(std::filesystem::is_empty(folder.path()));
}

TEST_CASE("a bad option of serve and keys ends with 2 and names the option") {
  const TempFolder folder;
  const auto [command, words] = GENERATE(table<std::string, std::string>({
      {"serve --port 65536", "--port: must be 0 to 65535"},
      {"serve --port http", "--port: must be a whole number"},
      {"serve --jobs 0", "--jobs: must be 1 to 64"},
      {"serve --requests-per-minute -2", "--requests-per-minute: must be"},
      {"serve --url-life 0", "--url-life: must be 1 to 604800"},
      {"serve --connections 0", "--connections: must be"},
      {"serve --keep-sessions 0", "--keep-sessions: must be 1"},
      {"serve --price studio", "--price: must be such as studio=1000"},
      {"serve --price =5", "--price: must be such as studio=1000"},
      {"serve --price studio=-1", "--price: must be a whole number of micro-units"},
      {"serve --cap-day 1.5", "--cap-day: must be a whole number of micro-units"},
      {"serve --cap-session cheap", "--cap-session: must be a whole number of micro-units"},
      {"serve --prot 1", "--prot"},
      {"keys", "--help"},
      {"keys add", "FILE is required"},
      {"keys add x.json --organization 'a b'", "--organization: must be letters"},
      {"keys remove x.json", "HASH is required"},
  }));
  check_refused(run("cd " + folder.path().string() + " && " + kTool + " " + command), 2, words);
  CHECK(std::filesystem::is_empty(folder.path()));
}

TEST_CASE("a file that can not be what its name says ends with 2") {
  const TempFolder folder;
  check_refused(run(kTool + " render " + folder / "a.aiff"), 2, "OUT: ");
  check_refused(run(kTool + " render " + folder / "a"), 2, "must end in .wav, .flac");
  check_refused(run(kTool + " render " + folder / "a.opus" + " --rate 44100"), 2, "--rate: Opus");
  check_refused(run(kTool + " render"), 2, "OUT is required");
  check_refused(run(kTool + " measure"), 2, "FILE is required");
  check_refused(run(kTool), 2, "--help");
  check_refused(run(kTool + " dance"), 2, "\"dance\" is no command: render, play");
  CHECK(std::filesystem::is_empty(folder.path()));
}

TEST_CASE("a folder that can not be written to ends with 1") {
  const TempFolder folder;
  std::ofstream(folder / "file") << "not a folder";
  check_refused(run(kTool + " render " + folder / "missing/a.flac"), 1, folder / "missing");
  check_refused(run(kTool + " render " + folder / "file/a.flac"), 1, folder / "file");
  check_refused(run(kTool + " render /proc/a.flac"), 1, "/proc");
  const std::string out = folder / "a.flac";
  check_refused(run(kTool + " render " + out + " --segments " + folder / "file"), 1, "--segments");
  check_refused(run(kTool + " render " + out + " --segments " + folder / "file/x"), 1,
                "--segments");
  check_refused(run(kTool + " render " + out + " --segments /proc/x"), 1, "--segments");
  CHECK_FALSE(std::filesystem::exists(out));
}
