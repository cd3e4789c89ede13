// SPDX-License-Identifier: MIT
#include <algorithm>
#include <cmath>
#include <fstream>
#include <vector>

#include <catch2/catch.hpp>
#include <rapidjson/document.h>

#include "support/command.h"
#include <focus_session/focus_session.hpp>

using focus::test::run;
using focus::test::TempFolder;

namespace {

const std::string kTool = FOCUS_TOOL;

/// Five seconds of a sine on both channels. EBU Tech 3341: at -18 dBFS it measures -18 LUFS.
void write_sine(const std::string& path, double peak_dbfs) {
  std::vector<float> samples(48000 * 5 * 2);
  const double peak = std::pow(10.0, peak_dbfs / 20.0);
  for (std::size_t i = 0; i < samples.size(); ++i) {
    const double phase = 6.283185307179586 * 1000.0 * static_cast<double>(i / 2) / 48000.0;
    samples[i] = static_cast<float>(peak * std::sin(phase));
  }
  focus::AudioFile file(path, 48000);
  file.write(samples.data(), 48000 * 5);
  file.commit();
}

}  // namespace

TEST_CASE("files are measured in one table, whose columns stand under their heads") {
  const TempFolder folder;
  write_sine(folder / "soft.wav", -24.0);
  write_sine(folder / "a louder one.flac", -18.0);
  const auto outcome = run("cd " + folder.path().string() + " && " + kTool +
                           " measure soft.wav 'a louder one.flac'");
  INFO(outcome.out << outcome.err);
  CHECK(outcome.exit_code == 0);
  CHECK(outcome.err.empty());
  std::istringstream lines(outcome.out);
  std::string line;
  std::vector<std::size_t> lengths;
  while (std::getline(lines, line)) lengths.push_back(line.size());
  REQUIRE(lengths.size() == 3);
  CHECK(lengths[0] == lengths[1]);
  CHECK(lengths[1] == lengths[2]);
  CHECK(outcome.out.find("-24.0") != std::string::npos);
  CHECK(outcome.out.find("-18.0") != std::string::npos);
}

TEST_CASE("one bad file does not keep the others from being measured") {
  const TempFolder folder;
  write_sine(folder / "good.wav", -18.0);
  std::ofstream(folder / "bad.wav") << "no audio at all";
  const auto outcome = run(kTool + " measure --json " + folder / "missing.wav" + " " +
                           folder / "bad.wav" + " " + folder / "good.wav");
  CHECK(outcome.exit_code == 1);
  CHECK(outcome.err.find(folder / "missing.wav") != std::string::npos);
  CHECK(outcome.err.find(folder / "bad.wav") != std::string::npos);
  CHECK(outcome.err.find("good.wav") == std::string::npos);
  rapidjson::Document document;
  REQUIRE_FALSE(document.Parse(outcome.out.c_str()).HasParseError());
  REQUIRE(document["files"].Size() == 1);
  const auto& file = document["files"][0];
  CHECK(file["path"].GetString() == folder / "good.wav");
  CHECK(file["integrated_lufs"].GetDouble() == Approx(-18.0).margin(0.1));
  CHECK(file["true_peak_dbtp"].GetDouble() == Approx(-18.0).margin(0.1));
  CHECK(file["duration_seconds"].GetDouble() == Approx(5.0));
}

TEST_CASE("silence has no loudness, and its JSON is valid all the same") {
  const TempFolder folder;
  {
    const std::vector<float> silence(48000 * 2 * 2);
    focus::AudioFile file(folder / "silence.wav", 48000);
    file.write(silence.data(), 48000 * 2);
    file.commit();
  }
  const auto outcome = run(kTool + " measure --json " + folder / "silence.wav");
  CHECK(outcome.exit_code == 0);
  rapidjson::Document document;
  REQUIRE_FALSE(document.Parse(outcome.out.c_str()).HasParseError());
  CHECK(document["files"][0]["integrated_lufs"].IsNull());
  CHECK(run(kTool + " measure " + folder / "silence.wav").out.find("-inf") != std::string::npos);
}

TEST_CASE("samples that are no numbers are counted, with the place of the first") {
  const TempFolder folder;
  std::vector<float> samples(48000 * 2);
  for (std::size_t i = 0; i < samples.size(); ++i) {
    samples[i] = 0.2f * static_cast<float>(std::sin(0.05 * static_cast<double>(i / 2)));
  }
  const auto write = [&](const std::string& name) {
    // A float WAV, byte by byte: the library itself may refuse to write such samples.
    const auto bytes = static_cast<std::uint32_t>(samples.size() * sizeof(float));
    const auto number = [](std::uint32_t value, int size) {
      std::string text;
      for (int k = 0; k < size; ++k) text += static_cast<char>(value >> 8 * k);
      return text;
    };
    std::ofstream file(folder / name, std::ios::binary);
    file << "RIFF" << number(36 + bytes, 4) << "WAVEfmt " << number(16, 4) << number(3, 2)
         << number(2, 2) << number(48000, 4) << number(48000 * 8, 4) << number(8, 2)
         << number(32, 2) << "data" << number(bytes, 4);
    file.write(reinterpret_cast<const char*>(samples.data()), bytes);
  };
  samples[2 * 12000] = HUGE_VALF;
  samples[2 * 24000 + 1] = std::nanf("");
  samples[2 * 36000] = -HUGE_VALF;
  write("broken.wav");
  samples.assign(samples.size(), 0.1f);
  samples[2 * 30000] = 1e30f;
  write("wild.wav");
  const std::string files = folder / "broken.wav" + " " + folder / "wild.wav";
  const auto table = run(kTool + " measure " + files);
  INFO(table.out << table.err);
  CHECK(table.exit_code == 0);
  CHECK(table.out.find("broken.wav: 3 samples are NaN or infinite, the first at 0.250 s") !=
        std::string::npos);
  CHECK(table.out.find("nan") == std::string::npos);
  CHECK(table.out.find("inf ") == std::string::npos);
  const auto outcome = run(kTool + " measure --json " + files);
  rapidjson::Document document;
  REQUIRE_FALSE(document.Parse(outcome.out.c_str()).HasParseError());
  const auto& broken = document["files"][0];
  CHECK(broken["non_finite_count"].GetInt() == 3);
  CHECK(broken["first_non_finite_seconds"].GetDouble() == 0.25);
  CHECK(broken["loudness"] == "measured");
  CHECK(broken["integrated_lufs"].IsNumber());
  const auto& wild = document["files"][1];
  CHECK(wild["non_finite_count"].GetInt() == 0);
  CHECK_FALSE(wild.HasMember("first_non_finite_seconds"));
  CHECK(wild["integrated_lufs"].IsNumber());
  CHECK(wild["range_lu"].IsNumber());
  CHECK(wild["true_peak_dbtp"].GetDouble() > 500.0);
}

TEST_CASE("silence is told from audio that is too short to be measured") {
  const TempFolder folder;
  const auto write = [&](const std::string& name, std::int64_t frames, float level) {
    const std::vector<float> samples(static_cast<std::size_t>(frames) * 2, level);
    focus::AudioFile file(folder / name, 48000);
    file.write(samples.data(), frames);
    file.commit();
  };
  write("silent.wav", 48000, 0.0f);
  write("short.wav", 100, 0.5f);
  const std::string files = folder / "silent.wav" + " " + folder / "short.wav";
  const auto outcome = run(kTool + " measure --json " + files);
  rapidjson::Document document;
  REQUIRE_FALSE(document.Parse(outcome.out.c_str()).HasParseError());
  CHECK(document["files"][0]["loudness"] == "silent");
  CHECK(document["files"][1]["loudness"] == "too_short");
  CHECK(document["files"][0]["integrated_lufs"].IsNull());
  CHECK(document["files"][1]["integrated_lufs"].IsNull());
  const auto table = run(kTool + " measure " + files);
  CHECK(table.out.find("-inf") != std::string::npos);
  CHECK(table.out.find("short.wav: too short to be measured") != std::string::npos);
}

TEST_CASE("a file name may be any bytes, and JSON is UTF-8 all the same") {
  const TempFolder folder;
  const std::string name = folder / "caf\xE9\x1B[31m\nb.wav";
  write_sine(name, -18.0);
  const auto json = run(kTool + " measure --json '" + name + "'");
  CHECK(json.exit_code == 0);
  rapidjson::Document document;
  document.Parse<rapidjson::kParseValidateEncodingFlag>(json.out.c_str());
  REQUIRE_FALSE(document.HasParseError());
  CHECK(document["files"][0]["path"].GetString() == folder / "caf\uFFFD\x1B[31m\nb.wav");

  const auto table = run(kTool + " measure '" + name + "' '" + name + ".missing'");
  CHECK(table.exit_code == 1);
  CHECK(table.out.find("caf\uFFFD [31m b.wav") != std::string::npos);
  CHECK(std::count(table.out.begin(), table.out.end(), '\n') == 2);
  CHECK(std::count(table.err.begin(), table.err.end(), '\n') == 1);
  for (const std::string& text : {table.out, table.err}) {
    CHECK(text.find('\x1B') == std::string::npos);
    CHECK(text.find('\xE9') == std::string::npos);
  }
}

TEST_CASE("files that are mixed and written may have names of any bytes") {
  const TempFolder folder;
  const std::string name = folder / "\xE9.wav";
  write_sine(name, -18.0);
  const std::string mix =
      kTool + " mix '" + name + "' '" + name + "' --out '" + folder / "o\xE9.wav";
  const auto json = run(mix + "' --json");
  INFO(json.err);
  CHECK(json.exit_code == 0);
  rapidjson::Document document;
  document.Parse<rapidjson::kParseValidateEncodingFlag>(json.out.c_str());
  CHECK_FALSE(document.HasParseError());
  CHECK(run(mix + "'").out.find('\xE9') == std::string::npos);
}

TEST_CASE("a pipe is measured as a file is, and damaged files print one line each") {
  const TempFolder folder;
  write_sine(folder / "a.flac", -18.0);
  const std::string file = folder / "a.flac";
  const auto piped = run("(cat " + file + " | " + kTool + " measure --json /dev/stdin)");
  INFO(piped.err);
  REQUIRE(piped.exit_code == 0);
  rapidjson::Document document;
  document.Parse(piped.out.c_str());
  CHECK(document["files"][0]["duration_seconds"].GetDouble() == Approx(5.0));
  run("(head -c 20000 " + file + " > " + folder / "cut.flac" + ")");
  const auto cut = run(kTool + " measure " + folder / "cut.flac");
  CHECK(cut.exit_code == 1);
  CHECK(cut.err.find("breaks off after") != std::string::npos);
  CHECK(std::count(cut.err.begin(), cut.err.end(), '\n') == 1);
}
