// SPDX-License-Identifier: MIT
// What files say of themselves, and the line by which each is made again.
#include <filesystem>
#include <string>

#include <catch2/catch.hpp>

#include "support/command.h"
#include <focus_session/focus_session.hpp>

using focus::test::content_of;
using focus::test::run;
using focus::test::TempFolder;

namespace {

const std::string kTool = FOCUS_TOOL;
const std::string kBin = kTool.substr(0, kTool.rfind('/'));

/// The value of a Vorbis comment in FLAC, Ogg or Opus; "" where there is none.
std::string comment_in(const std::string& bytes, const std::string& name) {
  const std::size_t at = bytes.find(name + "=");
  if (at == std::string::npos || at < 4) return {};
  std::size_t size = 0;
  for (std::size_t i = 0; i < 4; ++i) {
    size |= std::size_t{static_cast<unsigned char>(bytes[at - 4 + i])} << (8 * i);
  }
  return bytes.substr(at + name.size() + 1, size - name.size() - 1);
}

bool has_ffprobe() { return run("command -v ffprobe").exit_code == 0; }

std::string probed(const std::string& path) {
  const auto outcome =
      run("ffprobe -v error -show_chapters -show_entries format_tags:stream_tags " + path);
  CHECK(outcome.err.empty());
  return outcome.out;
}

}  // namespace

TEST_CASE("the line in a file makes the same file again, byte by byte") {
  const TempFolder folder;
  const std::string odd = "--prompt \"$(printf \"don't \\\"stop\\\"\\nrain; \\$HOME\")\" ";
  for (const std::string& options :
       {std::string("--goal focus --divergence 0.4 --level pads=-3.5 --bits 16"), odd}) {
    for (const std::string ending : {"flac", "opus"}) {
      if (ending == "opus" && options.find("--bits") != std::string::npos) continue;
      CAPTURE(options, ending);
      const std::string first = folder / ("first." + ending);
      const auto made =
          run(kTool + " render " + first + " --minutes 1 --seed 9 --quiet " + options);
      INFO(made.err);
      REQUIRE(made.exit_code == 0);
      const std::string bytes = content_of(first);
      const std::string line = comment_in(bytes, "COMMENT");
      INFO(line);
      REQUIRE(line.substr(0, 21) == "focus-session render ");
      CHECK(line.find('\n') == std::string::npos);
      CHECK(line.find(folder.path().string()) == std::string::npos);
      const auto again =
          run("bash -c 'cd " + folder.path().string() + " && PATH=" + kBin +
              ":$PATH && eval \"$0\" --quiet' " + "\"$(cat <<'END'\n" + line + "\nEND\n)\"");
      INFO(again.err);
      REQUIRE(again.exit_code == 0);
      const bool is_same = content_of(folder / ("focus-session." + ending)) == bytes;
      CHECK(is_same);
    }
  }
}

TEST_CASE("the line in a segment makes the same segment again") {
  const TempFolder folder;
  const auto made = run(kTool + " render " + folder / "a.flac" + " --minutes 2 --seed 3 " +
                        "--segment-seconds 60 --quiet --segments " + folder / "a");
  INFO(made.err);
  REQUIRE(made.exit_code == 0);
  const std::string segment = content_of(folder / "a/001.flac");
  CHECK(comment_in(segment, "TITLE") == "Focus, part 2");
  CHECK(comment_in(segment, "TRACKTOTAL") == "2");
  CHECK(comment_in(segment, "ENCODER").substr(0, 14) == "Focus Session ");
  CHECK(comment_in(segment, "FOCUS_ENGINE") == "studio");
  CHECK(comment_in(segment, "FOCUS_LICENCE_CLASS") == "commercial_cleared");
  CHECK(comment_in(segment, "DIGITALSOURCETYPE").find("algorithmicMedia") != std::string::npos);
  const auto info = focus::Measurement(folder / "a/001.flac").info();
  const double gain = std::stod(comment_in(segment, "REPLAYGAIN_TRACK_GAIN"));
  CHECK(gain == Approx(-18.0 - info.integrated_lufs).margin(0.06));
  const std::string line = comment_in(segment, "COMMENT");
  INFO(line);
  const auto again =
      run("cd " + folder.path().string() + " && PATH=" + kBin + ":$PATH && " + line + " --quiet");
  INFO(again.err);
  REQUIRE(again.exit_code == 0);
  const bool is_same = content_of(folder / "focus-session/001.flac") == segment;
  CHECK(is_same);
}

TEST_CASE("a long session has chapters, and a cue sheet where one is asked for") {
  const TempFolder folder;
  for (const std::string ending : {"flac", "mp3", "wav", "ogg", "opus"}) {
    CAPTURE(ending);
    const std::string path = folder / ("x." + ending);
    // Its form is of the plan, whoever plays it.
    const auto made =
        run(kTool + " render " + path + " --minutes 5 --seed 2 --quiet --cue " + folder / "x.cue" +
            " --rate 8000 --engine-command '" FOCUS_TONE " {brief} {out}'");
    INFO(made.err);
    REQUIRE(made.exit_code == 0);
    const std::string sheet = content_of(folder / "x.cue");
    CHECK(sheet.find("FILE \"x." + ending + (ending == "mp3" ? "\" MP3\n" : "\" WAVE\n")) !=
          std::string::npos);
    CHECK(sheet.find("  TRACK 01 AUDIO\n    TITLE \"Movement A (") != std::string::npos);
    CHECK(sheet.find("    INDEX 01 00:00:00\n") != std::string::npos);
    CHECK(sheet.find("  TRACK 02 AUDIO\n    TITLE \"Movement B (") != std::string::npos);
    if (!has_ffprobe()) continue;
    const std::string told = probed(path);
    INFO(told);
    CHECK(told.find("Focus, 5 minutes") != std::string::npos);
    CHECK(told.find("Focus Session") != std::string::npos);
    CHECK(told.find("TAG:title=Movement A (") != std::string::npos);
    CHECK(told.find("TAG:title=Movement B (") != std::string::npos);
    const bool r128 = told.find("R128_TRACK_GAIN") != std::string::npos;
    CHECK(r128 == (ending == "opus"));
    const bool replay_gain = content_of(path).find("REPLAYGAIN_TRACK_GAIN") != std::string::npos;
    CHECK(replay_gain == (ending != "opus"));
  }
}

TEST_CASE("a mix tells its files, and where each begins") {
  const TempFolder folder;
  REQUIRE(
      run(kTool + " render " + folder / "one.flac" + " --minutes 1 --quiet --seed 1").exit_code ==
      0);
  std::filesystem::copy_file(folder / "one.flac", folder / "two.flac");
  const auto made = run(kTool + " mix " + folder / "one.flac" + " " + folder / "two.flac" +
                        " --quiet --out " + folder / "mix.flac" + " --cue " + folder / "mix.cue");
  INFO(made.err);
  REQUIRE(made.exit_code == 0);
  const std::string bytes = content_of(folder / "mix.flac");
  CHECK(comment_in(bytes, "TITLE") == "Mix of 2 files");
  CHECK(comment_in(bytes, "COMMENT") == "one.flac; two.flac");
  CHECK(comment_in(bytes, "CHAPTER001") == "00:00:00.000");
  CHECK(comment_in(bytes, "CHAPTER002NAME") == "two");
  CHECK(comment_in(bytes, "CHAPTER002").substr(0, 7) == "00:00:5");
  CHECK(std::stod(comment_in(bytes, "REPLAYGAIN_TRACK_GAIN")) == Approx(0.0).margin(1.0));
  CHECK(content_of(folder / "mix.cue").find("TITLE \"two\"") != std::string::npos);
}

TEST_CASE("a cue sheet that can not be is refused before any music is made") {
  const TempFolder folder;
  const auto stream = run("( " + kTool + " render - --minutes 1 --cue " + folder / "x.cue" +
                          " | cat > /dev/null )");
  CHECK(stream.err.find("--cue: needs OUT to be a file") != std::string::npos);
  const auto same =
      run(kTool + " render " + folder / "x.wav" + " --minutes 1 --cue " + folder / "x.wav");
  CHECK(same.exit_code == 2);
  CHECK(same.err.find("--cue: would replace OUT") != std::string::npos);
}
