// SPDX-License-Identifier: MIT
// Where audio may go, and what becomes of what was there before.
#include <cmath>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <vector>

#include <catch2/catch.hpp>
#include <rapidjson/document.h>

#include "support/command.h"
#include <focus_session/focus_session.hpp>

using focus::test::content_of;
using focus::test::run;
using focus::test::TempFolder;

namespace {

namespace fs = std::filesystem;

const std::string kTool = FOCUS_TOOL;
constexpr std::int32_t kRate = 8000;

/// A tone whose level in dB is a function of the second; silence below -150.
template <typename Level>
std::string write_tone(const std::string& path, double seconds, Level level) {
  std::vector<float> samples(static_cast<std::size_t>(seconds * kRate) * 2);
  for (std::size_t i = 0; i < samples.size(); ++i) {
    const double t = static_cast<double>(i / 2) / kRate;
    const double db = level(t);
    const double gain = db < -150.0 ? 0.0 : 0.3 * std::pow(10.0, db / 20.0);
    samples[i] = static_cast<float>(gain * std::sin(6.283185307179586 * 330.0 * t));
  }
  focus::AudioFile file(path, kRate);
  file.write(samples.data(), static_cast<std::int64_t>(samples.size() / 2));
  file.commit();
  return path;
}

std::string write_tone(const std::string& path, double seconds) {
  return write_tone(path, seconds, [](double) { return 0.0; });
}

/// What comes on standard output of `command`, written to `path`.
focus::test::Outcome run_into(const std::string& command, const std::string& path) {
  return run("( " + command + " > " + path + " )");
}

}  // namespace

TEST_CASE("a mix does not replace one of its files, by whatever name") {
  const TempFolder folder;
  const std::string one = write_tone(folder / "one.wav", 3.0);
  const std::string two = write_tone(folder / "two.wav", 3.0);
  const std::string bytes = content_of(one);
  fs::create_symlink(one, folder / "symlink.wav");
  fs::create_hard_link(one, folder / "hard.wav");
  for (const std::string& out :
       {one, folder / "symlink.wav", folder / "hard.wav", folder / "./one.wav"}) {
    const auto outcome = run(kTool + " mix " + one + " " + two + " --out " + out);
    INFO(outcome.err);
    CHECK(outcome.exit_code == 2);
    CHECK(outcome.err.find("OUT: ") != std::string::npos);
    CHECK(outcome.err.find("choose another name") != std::string::npos);
    CHECK(content_of(one) == bytes);
  }
  const auto relative = run("cd " + folder.path().string() + " && " + kTool + " mix " + one +
                            " two.wav --out two.wav");
  CHECK(relative.exit_code == 2);
  CHECK(fs::is_symlink(folder / "symlink.wav"));
}

TEST_CASE("a link, a pipe and a device stay what they are") {
  const TempFolder folder;
  const std::string one = write_tone(folder / "one.wav", 2.0);
  const std::string mix = kTool + " mix " + one + " " + one + " --out ";
  fs::create_directory(folder / "disk");
  std::ofstream(folder / "disk/real.wav") << "old";
  fs::create_symlink("disk/real.wav", folder / "link.wav");
  CHECK(run(mix + folder / "link.wav").exit_code == 0);
  CHECK(fs::is_symlink(folder / "link.wav"));
  CHECK(fs::file_size(folder / "disk/real.wav") > 1000);

  for (const std::string name : {"pipe.wav", "pipe.flac", "pipe"}) {
    CAPTURE(name);
    const std::string pipe = folder / name;
    const auto outcome = run("( mkfifo " + pipe + "; cat " + pipe + " > " + pipe + ".bin & " + mix +
                             pipe + "; result=$?; wait; exit $result )");
    INFO(outcome.err);
    CHECK(outcome.exit_code == 0);
    CHECK(fs::is_fifo(pipe));
    CHECK(content_of(pipe + ".bin").substr(0, 4) == (name == "pipe.flac" ? "fLaC" : "RIFF"));
  }
  CHECK(run(mix + "/dev/null").exit_code == 0);
  CHECK(fs::is_character_file("/dev/null"));
  if (fs::exists("/dev/full")) {
    const auto outcome = run(mix + "/dev/full");
    CHECK(outcome.exit_code == 1);
    CHECK(outcome.err.find("free some space") != std::string::npos);
  }
}

TEST_CASE("a name may be as long as the file system allows") {
  const TempFolder folder;
  const std::string one = write_tone(folder / "one.wav", 2.0);
  for (const std::size_t length : {240U, 255U}) {
    const std::string name = std::string(length - 4, 'n') + ".wav";
    const auto outcome = run(kTool + " mix " + one + " --out " + folder / name);
    INFO(outcome.err);
    CHECK(outcome.exit_code == 0);
    CHECK(fs::exists(folder / name));
  }
  const auto outcome =
      run(kTool + " mix " + one + " --out " + folder / (std::string(252, 'n') + ".wav"));
  CHECK(outcome.exit_code == 1);
  CHECK(outcome.err.find("File name too long") != std::string::npos);
}

TEST_CASE("standard output gets the audio and nothing else") {
  const TempFolder folder;
  const std::string one = write_tone(folder / "one.wav", 3.0);
  const std::string out = folder / "out.bin";
  const std::string mix = kTool + " mix " + one + " " + one + " --out - --crossfade 1 --bits 16";
  const auto words = run_into(mix, out);
  INFO(words.err);
  REQUIRE(words.exit_code == 0);
  CHECK(words.err.find("standard output: 0:05 of 2 files") != std::string::npos);
  const std::string audio = content_of(out);
  CHECK(audio.rfind("RIFF", 0) == 0);
  CHECK(audio.size() == audio.find("data") + 8 + 4 * 5 * kRate);
  fs::rename(out, folder / "out.wav");
  CHECK(focus::Measurement(folder / "out.wav").info().duration_seconds == Approx(5.0));

  const auto json = run_into(mix + " --json", out);
  CHECK(content_of(out) == audio);
  rapidjson::Document document;
  CHECK_FALSE(document.Parse(json.err.c_str()).HasParseError());

  // Into a pipe, whose reader gets the same samples.
  REQUIRE(run("(" + mix + " --quiet | cat > " + out + ")").exit_code == 0);
  const auto music = [](const std::string& file) { return file.substr(file.find("data") + 8); };
  CHECK(music(content_of(out)) == music(audio));
}

TEST_CASE("standard input is measured, from a file and from a pipe") {
  const TempFolder folder;
  const std::string one = write_tone(folder / "one.wav", 3.0);
  for (const std::string& command : {"( " + kTool + " measure - --json < " + one + " )",
                                     "cat " + one + " | ( " + kTool + " measure - --json )"}) {
    // run() gives the last command nothing on its input, hence the brackets.
    const auto outcome = run("sh -c '" + command + "'");
    INFO(outcome.err);
    REQUIRE(outcome.exit_code == 0);
    rapidjson::Document document;
    REQUIRE_FALSE(document.Parse(outcome.out.c_str()).HasParseError());
    CHECK(std::string(document["files"][0]["path"].GetString()) == "-");
    CHECK(document["files"][0]["duration_seconds"].GetDouble() == Approx(3.0));
  }
}

TEST_CASE("a file beyond ulimit -f is a full disk") {
  const TempFolder folder;
  const std::string one = write_tone(folder / "one.wav", 3.0);
  const auto outcome =
      run("( ulimit -f 8; " + kTool + " mix " + one + " --out " + folder / "mix.wav )");
  INFO(outcome.err);
  CHECK(outcome.exit_code == 1);
  CHECK(outcome.err.find("free some space") != std::string::npos);
  CHECK_FALSE(fs::exists(folder / "mix.wav"));
}

TEST_CASE("what a killed mix has left goes with the next one") {
  const TempFolder folder;
  const std::string one = write_tone(folder / "one.wav", 2.0);
  const std::string ended = run("sh -c 'echo $$'").out;
  const std::string left =
      folder / (".mix.partial-" + ended.substr(0, ended.find('\n')) + "-0.wav");
  std::ofstream(left) << "partial";
  std::ofstream(folder / ".mix.partial-mine.wav") << "not ours";
  CHECK(run(kTool + " mix " + one + " --out " + folder / "mix.wav").exit_code == 0);
  CHECK_FALSE(fs::exists(left));
  CHECK(fs::exists(folder / ".mix.partial-mine.wav"));
}

TEST_CASE("what is not heard is told in words and in JSON") {
  const TempFolder folder;
  const std::string one = write_tone(folder / "one.wav", 60.0, [](double t) {
    return t > 57.0 ? -200.0 : t > 40.0 ? -14.0 : 0.0;
  });
  const std::string two = write_tone(folder / "two.wav", 20.0);
  const std::string mix = kTool + " mix " + one + " " + two + " --out " + folder / "mix.wav";
  CHECK(run(mix).out.find("not heard: 3.0 s of silence at its end") != std::string::npos);
  CHECK(run(mix + " --trim 10").out.find("not heard: 13.0 s (3.0 s of it silence) at its end") !=
        std::string::npos);
  const auto outcome = run(mix + " --trim 10 --json");
  rapidjson::Document document;
  REQUIRE_FALSE(document.Parse(outcome.out.c_str()).HasParseError());
  CHECK(document[0]["old"]["unheard_end_seconds"].GetDouble() == Approx(13.0).margin(0.05));
  CHECK(document[0]["old"]["silent_end_seconds"].GetDouble() == Approx(3.0).margin(0.05));
  CHECK(document[0]["new"]["unheard_start_seconds"].GetDouble() == 0.0);
  const auto refused = run(mix + " --trim -1");
  CHECK(refused.exit_code == 2);
  CHECK(refused.err.find("--trim: must be 0 to 3600") != std::string::npos);
}

TEST_CASE("bits per sample are as they are asked for") {
  const TempFolder folder;
  const std::string one = write_tone(folder / "one.wav", 2.0);
  const std::string mix = kTool + " mix " + one + " --out ";
  std::uintmax_t last = 0;
  for (const std::string bits : {"16", "24", "32"}) {
    REQUIRE(run(mix + folder / ("mix" + bits + ".wav") + " --bits " + bits).exit_code == 0);
    const auto size = fs::file_size(folder / ("mix" + bits + ".wav"));
    CHECK(size == Approx(2.0 * kRate * 2 * std::stoi(bits) / 8).margin(2000));
    CHECK(size > last);
    last = size;
  }
  for (const std::string wrong : {"0", "8", "20", "x"}) {
    const auto outcome = run(mix + folder / "no.wav" + " --bits " + wrong);
    CHECK(outcome.exit_code == 2);
    CHECK(outcome.err.find("--bits") != std::string::npos);
  }
  CHECK(run(mix + folder / "no.ogg" + " --bits 16").exit_code == 2);
}
