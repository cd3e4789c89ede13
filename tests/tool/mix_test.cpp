// SPDX-License-Identifier: MIT
#include <cmath>
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

const std::string kTool = FOCUS_TOOL;

/// A chord in any count of channels.
std::string write_chord(const TempFolder& folder, const std::string& name, double root,
                        double seconds, int rate, int channels) {
  const auto frames = static_cast<std::int64_t>(seconds * rate);
  std::vector<float> samples(static_cast<std::size_t>(frames * channels));
  for (std::size_t i = 0; i < samples.size(); ++i) {
    const double t = static_cast<double>(i / static_cast<std::size_t>(channels)) / rate;
    double value = 0.0;
    for (const double ratio : {1.0, 1.25, 1.5}) {
      value += 0.1 * std::sin(6.283185307179586 * root * ratio * t);
    }
    samples[i] = static_cast<float>(value);
  }
  focus::AudioFile file(folder / name, rate, channels);
  file.write(samples.data(), frames);
  file.commit();
  return folder / name;
}

}  // namespace

TEST_CASE("files of any kind are mixed, and JSON lists how they meet") {
  const TempFolder folder;
  const std::string one = write_chord(folder, "one.wav", 220.0, 12.0, 24000, 1);
  const std::string two = write_chord(folder, "two.flac", 311.0, 12.0, 22050, 2);
  const std::string three = write_chord(folder, "three.ogg", 187.0, 3.0, 24000, 2);
  const std::string out = folder / "mix.flac";
  const auto outcome = run(kTool + " mix " + one + " " + two + " " + three + " --out " + out +
                           " --json --target-lufs -20 --pictures " + folder / "pictures");
  INFO(outcome.err);
  REQUIRE(outcome.exit_code == 0);
  rapidjson::Document document;
  REQUIRE_FALSE(document.Parse(outcome.out.c_str()).HasParseError());
  REQUIRE(document.IsArray());
  REQUIRE(document.Size() == 2);
  CHECK(std::string(document[0]["name"].GetString()) == "01-02");
  CHECK(std::string(document[1]["name"].GetString()) == "02-03");
  CHECK(document[0]["end"].GetDouble() - document[0]["start"].GetDouble() ==
        Approx(1.2).margin(0.02));
  CHECK(document[1]["end"].GetDouble() - document[1]["start"].GetDouble() ==
        Approx(0.3).margin(0.02));
  CHECK(document[0]["correlation"].IsDouble());
  CHECK(document[0]["old"]["path"].GetString() == one);
  CHECK(document[0]["new"]["integrated_lufs"].GetDouble() == Approx(-20.0).margin(0.1));

  const focus::MeasurementInfo mix = focus::Measurement(out).info();
  CHECK(mix.sample_rate == 24000);
  CHECK(mix.channel_count == 2);
  CHECK(mix.integrated_lufs == Approx(-20.0).margin(0.3));
  CHECK(mix.duration_seconds == Approx(25.5).margin(0.1));
  for (const std::string name : {"01-02.svg", "02-03.svg"}) {
    const std::string picture = content_of(folder / ("pictures/" + name));
    CHECK(picture.find("<svg ") == 0);
    CHECK(picture.find("cue out") != std::string::npos);
    CHECK(picture.find("nan") == std::string::npos);
  }
}

TEST_CASE("words tell of each file and each transition") {
  const TempFolder folder;
  const std::string one = write_chord(folder, "one.wav", 220.0, 3.0, 8000, 2);
  const auto outcome = run(kTool + " mix " + one + " " + one + " --out " + folder / "mix.wav" +
                           " --crossfade 1 --rate 16000");
  INFO(outcome.err);
  CHECK(outcome.exit_code == 0);
  CHECK(outcome.out.find("0:05 of 2 files at 16000 Hz") != std::string::npos);
  CHECK(outcome.out.find("one.wav") != std::string::npos);
  CHECK(outcome.out.find("crossfade of 1.0 s") != std::string::npos);
}

TEST_CASE("what can not be mixed is refused in one line, and leaves no file") {
  const TempFolder folder;
  const std::string one = write_chord(folder, "one.wav", 220.0, 2.0, 8000, 2);
  const std::string out = folder / "mix.wav";
  const std::string start = kTool + " mix " + one + " --out " + out + " ";
  const auto refused = [&](const std::string& command, int exit_code, const std::string& word) {
    const auto outcome = run(command);
    INFO(command << "\n" << outcome.err);
    CHECK(outcome.exit_code == exit_code);
    CHECK(outcome.err.find(word) != std::string::npos);
    CHECK(std::count(outcome.err.begin(), outcome.err.end(), '\n') == 1);
    CHECK_FALSE(std::filesystem::exists(out));
  };
  refused(start + "--crossfade soon", 2, "--crossfade: must be auto or");
  refused(start + "--crossfade 0", 2, "--crossfade");
  refused(start + "--crossfade 61", 2, "--crossfade: must be 0.01 to 60");
  refused(start + "--target-lufs 0", 2, "--target-lufs");
  refused(start + "--target-lufs -3", 2, "--target-lufs: must be -40 to -8");
  refused(start + "--rate 10", 2, "--rate: must be 8000 to 192000");
  refused(kTool + " mix " + one + " --out " + folder / "mix.xyz", 2, ".wav, .flac");
  refused(kTool + " mix " + one, 2, "--out");
  refused(kTool + " mix --out " + out, 2, "FILE");
  refused(start + folder / "missing.wav", 1, folder / "missing.wav");
  std::vector<float> silence(16000);
  focus::AudioFile file(folder / "silent.wav", 8000);
  file.write(silence.data(), 8000);
  file.commit();
  refused(start + folder / "silent.wav", 1, folder / "silent.wav" + ": the audio is silent");
}
