// SPDX-License-Identifier: MIT
// Audio that goes through pipes.
#include <string>

#include <catch2/catch.hpp>

#include "support/command.h"
#include <focus_session/focus_session.hpp>

using focus::test::content_of;
using focus::test::run;
using focus::test::TempFolder;

namespace {

const std::string kTool = FOCUS_TOOL;
// What formats do with music is the same for music that costs next to nothing.
const std::string kMinute =
    " --minutes 1 --seed 4 --goal relax --rate 24000 --engine-command '" FOCUS_TONE
    " {brief} {out}' ";

struct Stream {
  const char* format;
  const char* begins;
};
constexpr Stream kStreams[] = {
    {"wav", "RIFF"}, {"flac", "fLaC"}, {"ogg", "OggS"}, {"opus", "OggS"}, {"mp3", "ID3"}};

}  // namespace

TEST_CASE("every format can be piped, and nothing but audio is in the pipe") {
  const TempFolder folder;
  for (const auto& [format, begins] : kStreams) {
    CAPTURE(format);
    const std::string path = folder / format;
    const auto outcome =
        run("( " + kTool + " render - --format " + format + kMinute + " | cat > " + path + " )");
    INFO(outcome.err);
    CHECK(outcome.err.find("standard output: ") != std::string::npos);
    CHECK(content_of(path).rfind(begins, 0) == 0);
    const auto info = focus::Measurement(path).info();
    CHECK(info.duration_seconds == Approx(60.0).margin(0.1));
    const auto measured = run("( cat " + path + " | " + kTool + " measure - )");
    CHECK(measured.exit_code == 0);
    CHECK(measured.out.find("1:00") != std::string::npos);
    if (run("command -v ffmpeg").exit_code != 0) continue;
    const auto decoded =
        run("( cat " + path + " | ffmpeg -v error -i - -ar 24000 -f s16le - | wc -c )");
    CHECK(decoded.err.empty());
    CHECK(std::stod(decoded.out) / (4.0 * 24000.0) == Approx(60.0).margin(0.1));
  }
}

TEST_CASE("a compressed stream begins long before the music is complete") {
  for (const char* format : {"flac", "ogg", "opus", "mp3"}) {
    CAPTURE(format);
    // 64 kB of eight hours.
    const auto outcome = run("( timeout 60 " + kTool + " render - --minutes 480 --quiet --format " +
                             format + " | head -c 65536 | wc -c )");
    INFO(outcome.err);
    CHECK(std::stoi(outcome.out) == 65536);
  }
}

TEST_CASE("a reader that has enough ends the tool quietly") {
  const auto outcome = run("( bash -c '" + kTool + " render - --minutes 60 --quiet" +
                           " | head -c 1000 > /dev/null; exit ${PIPESTATUS[0]}' )");
  CHECK(outcome.exit_code == 141);
  CHECK(outcome.err.empty());
}

TEST_CASE("a mix can be piped on into another command") {
  const TempFolder folder;
  REQUIRE(run(kTool + " render " + folder / "a.flac" + kMinute + "--quiet").exit_code == 0);
  const std::string mix =
      kTool + " mix " + folder / "a.flac" + " " + folder / "a.flac" + " --out - --quiet --format ";
  for (const auto& [format, begins] : kStreams) {
    CAPTURE(format);
    const auto outcome = run("( " + mix + format + " | " + kTool + " measure - --json )");
    INFO(outcome.err);
    CHECK(outcome.exit_code == 0);
    CHECK(outcome.out.find("\"loudness\": \"measured\"") +
              outcome.out.find("\"loudness\":\"measured\"") !=
          2 * std::string::npos);
  }
}

TEST_CASE("a format that is none, or contradicts OUT, is refused by its option") {
  const TempFolder folder;
  const auto unknown = run("( " + kTool + " render - --format aac --minutes 1 | cat )");
  CHECK(unknown.err.find("--format: must be wav, flac, ogg, opus or mp3, not aac") !=
        std::string::npos);
  const auto other = run(kTool + " render " + folder / "x.flac" + " --format mp3 --minutes 1");
  CHECK(other.exit_code == 2);
  CHECK(other.err.find("--format: is mp3, but ") != std::string::npos);
  const auto named = run(kTool + " render " + folder / "x" + " --format wav --minutes 1 --quiet");
  CHECK(named.exit_code == 0);
  CHECK(content_of(folder / "x").rfind("RIFF", 0) == 0);
}
