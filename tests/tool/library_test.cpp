// SPDX-License-Identifier: MIT
// A folder of the user's own music, as the tool brings it in.
#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include <catch2/catch.hpp>
#include <rapidjson/document.h>

#include "support/command.h"
#include "support/temp_folder.h"
#include <focus_session/focus_session.hpp>

using focus::test::run;
using focus::test::TempFolder;
namespace fs = std::filesystem;

namespace {

/// A folder with some tracks, and a cache of its own.
struct Music {
  Music() {
    fs::create_directory(folder / "music");
    for (int k = 0; k < 4; ++k) write("music/" + std::to_string(k) + ".flac", 220.0 + 40.0 * k);
  }
  void write(const std::string& name, double hz) const {
    constexpr int kRate = 22050;
    std::vector<float> samples(static_cast<std::size_t>(2 * kRate * 40));
    for (std::size_t i = 0; i < samples.size() / 2; ++i) {
      const double t = static_cast<double>(i) / kRate;
      const double value =
          0.2 * std::sin(6.283185307179586 * hz * t) +
          0.3 * std::sin(6.283185307179586 * 90.0 * t) * std::exp(-12.0 * std::fmod(t, 0.6));
      samples[2 * i] = samples[2 * i + 1] = static_cast<float>(value);
    }
    focus::AudioFile file(folder / name, kRate);
    file.write(samples.data(), static_cast<std::int64_t>(samples.size() / 2));
    file.commit();
  }
  std::string tool() const { return "XDG_CACHE_HOME=" + (folder / "cache") + " " FOCUS_TOOL " "; }
  std::string option() const { return " --library " + (folder / "music") + " "; }

  TempFolder folder;
};

}  // namespace

TEST_CASE("a session is rendered from a folder of music, and the same again") {
  const Music music;
  const std::string out = music.folder / "out.wav";
  const std::string request =
      music.option() + "--engine library --goal focus --minutes 2 --seed 3 --rate 22050";
  const auto render = run(music.tool() + "render " + out + request);
  INFO(render.out << render.err);
  CHECK(render.exit_code == 0);
  CHECK(render.out.find("by library") != std::string::npos);
  CHECK(render.err.find("plays this segment") == std::string::npos);
  CHECK(fs::exists(music.folder / "cache/focus-session/library"));
  const auto again =
      run(music.tool() + "render " + (music.folder / "again.wav") + request + " --jobs 1 --quiet");
  CHECK(again.exit_code == 0);
  CHECK(again.err.empty());
  CHECK(run("cmp " + out + " " + (music.folder / "again.wav")).exit_code == 0);
}

TEST_CASE("a folder that is given plays where no engine is named, and is listed") {
  const Music music;
  const auto render = run(music.tool() + "render " + (music.folder / "out.wav") + music.option() +
                          "--minutes 1 --rate 8000");
  INFO(render.out << render.err);
  CHECK(render.exit_code == 0);
  CHECK(render.out.find("by library") != std::string::npos);
  const auto engines = run(music.tool() + "engines --json" + music.option());
  CHECK(engines.exit_code == 0);
  CHECK(engines.out.find("\"library\"") != std::string::npos);
  CHECK(engines.out.find("\"unclear\"") != std::string::npos);
}

TEST_CASE("a folder that can not be played is one clear line") {
  const Music music;
  const auto refused = [&](const std::string& folder) {
    const auto result = run(music.tool() + "render " + (music.folder / "out.wav") + " --library " +
                            folder + " --minutes 1");
    CHECK(result.exit_code != 0);
    CHECK(result.err.find("--library: ") != std::string::npos);
    CHECK(std::count(result.err.begin(), result.err.end(), '\n') == 1);
    CHECK_FALSE(fs::exists(music.folder / "out.wav"));
    return result.err;
  };
  CHECK(refused(music.folder / "none").find("No such file") != std::string::npos);
  CHECK(refused(music.folder / "music/0.flac").find("neither a folder nor a playlist") !=
        std::string::npos);
  fs::create_directory(music.folder / "empty");
  CHECK(refused(music.folder / "empty").find("no music that can be played") != std::string::npos);
  std::ofstream(music.folder / "empty/text.mp3") << "this is no music";
  CHECK(refused(music.folder / "empty").find("text.mp3") != std::string::npos);
}

TEST_CASE("the engine that a folder is passes the check of engines") {
  const Music music;
  const auto check = run(music.tool() + "check-engine library --quick --json" + music.option());
  INFO(check.out << check.err);
  CHECK(check.exit_code == 0);
  rapidjson::Document json;
  REQUIRE_FALSE(json.Parse(check.out.c_str()).HasParseError());
  CHECK(json["fails"].GetInt() == 0);
}
