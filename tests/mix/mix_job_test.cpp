// SPDX-License-Identifier: MIT
#include "mix/mix_job.h"

#include <chrono>
#include <filesystem>
#include <fstream>
#include <sys/stat.h>
#include <thread>

#include <catch2/catch.hpp>

#include "base/error.h"
#include "mix/mix_fixture.h"

using namespace focus::core;
using namespace focus::test;

namespace {

std::vector<std::string> two_files(const TempFolder& folder) {
  return {write_wav(folder, "a.wav", pad(1.5, -20.0, 48000)),
          write_wav(folder, "b.wav", noise(1.5, -20.0, 44100, 2))};
}

}  // namespace

TEST_CASE("a job writes a file of its format, and tells of it once it is done") {
  const TempFolder folder;
  const auto job = mix::MixJob::create(two_files(folder), {});
  REQUIRE(job.ok());
  CHECK((*job)->report() == nullptr);
  for (const std::string ending : {"wav", "flac", "ogg", "opus"}) {
    CAPTURE(ending);
    const std::string path = folder / ("out." + ending);
    REQUIRE((*job)->write(path).ok());
    const auto report = (*job)->report();
    REQUIRE(report != nullptr);
    CHECK((*job)->progress() == 1.0);
    const auto reader = audio::AudioFileReader::open(path);
    REQUIRE(reader.ok());
    CHECK((*reader)->info().channel_count == 2);
    CHECK((*reader)->info().sample_rate == 48000);
    CHECK((*reader)->info().frames == report->frames);
  }
}

TEST_CASE("a pipe is mixed as a file is, as often as the job is asked") {
  const TempFolder folder;
  const auto paths = two_files(folder);
  const std::string pipe = folder / "pipe";
  REQUIRE(::mkfifo(pipe.c_str(), 0600) == 0);
  std::thread writer([&] {
    std::ofstream(pipe, std::ios::binary) << std::ifstream(paths[1], std::ios::binary).rdbuf();
  });
  const auto job = mix::MixJob::create({paths[0], pipe}, {});
  writer.join();
  REQUIRE(job.ok());
  const auto of_files = mix::MixJob::create(paths, {});
  REQUIRE((*of_files)->write(std::nullopt).ok());
  for (int time = 0; time < 2; ++time) {
    REQUIRE((*job)->write(std::nullopt).ok());
    CHECK((*job)->report()->frames == (*of_files)->report()->frames);
    CHECK((*job)->report()->files[1].path == pipe);
  }
}

TEST_CASE("an output that is one of the files is refused, by whatever name") {
  const TempFolder folder;
  const auto paths = two_files(folder);
  const auto job = mix::MixJob::create(paths, {});
  REQUIRE(job.ok());
  std::filesystem::create_symlink(paths[0], folder / "link.wav");
  std::filesystem::create_hard_link(paths[1], folder / "other.wav");
  const auto bytes = std::filesystem::file_size(paths[0]);
  for (const std::string& out :
       {paths[0], paths[1], folder / "link.wav", folder / "other.wav", folder / "./a.wav"}) {
    CAPTURE(out);
    const absl::Status status = (*job)->write(out);
    CHECK(has_fault(status, Fault::argument));
    CHECK(field_of(status) == "path");
  }
  CHECK(std::filesystem::file_size(paths[0]) == bytes);
  CHECK((*job)->report() == nullptr);
  CHECK((*job)->write(folder / "out.wav").ok());
}

TEST_CASE("a mix has the bits that are asked for") {
  const TempFolder folder;
  mix::MixSettings settings;
  settings.bits = 16;
  const auto job = mix::MixJob::create(two_files(folder), settings);
  REQUIRE(job.ok());
  REQUIRE((*job)->write(folder / "out.wav").ok());
  const auto frames = static_cast<std::uintmax_t>((*job)->report()->frames);
  CHECK(std::filesystem::file_size(folder / "out.wav") < 4 * frames + 2000);
  CHECK(field_of((*job)->write(folder / "out.ogg")) == "bits");
}

TEST_CASE("without a path a job measures and writes nothing") {
  const TempFolder folder;
  const auto job = mix::MixJob::create(two_files(folder), {});
  REQUIRE(job.ok());
  REQUIRE((*job)->write(std::nullopt).ok());
  CHECK((*job)->report()->transitions.size() == 1);
  std::size_t files = 0;
  for (const auto& entry : std::filesystem::directory_iterator(folder.path())) {
    files += entry.is_regular_file() ? 1 : 0;
  }
  CHECK(files == 2);
}

TEST_CASE("what can not be mixed is told of before anything is written") {
  const TempFolder folder;
  auto paths = two_files(folder);
  const auto job = mix::MixJob::create(paths, {});
  REQUIRE(job.ok());
  CHECK(field_of((*job)->write(folder / "out.xyz")) == "path");
  paths.push_back(folder / "missing.wav");
  const auto missing = mix::MixJob::create(paths, {});
  CHECK(has_fault(missing.status(), Fault::file_missing));
  CHECK(path_of(missing.status()) == paths.back());
  mix::MixSettings settings;
  settings.sample_rate = 44100;
  const auto at_44100 = mix::MixJob::create(two_files(folder), settings);
  REQUIRE(at_44100.ok());
  CHECK(field_of((*at_44100)->write(folder / "out.opus")) == "sample_rate");
  paths.back() = write_wav(folder, "silent.wav", audio::AudioBuffer(1, 4800, 48000));
  const auto silent = mix::MixJob::create(paths, {});
  REQUIRE(silent.ok());
  CHECK(path_of((*silent)->write(folder / "out.wav")) == paths.back());
  CHECK_FALSE(std::filesystem::exists(folder / "out.wav"));
}

TEST_CASE("a job that is cancelled ends soon and leaves nothing, and can be done again") {
  const TempFolder folder;
  const std::string long_one = write_wav(folder, "long.wav", noise(10.0, -20.0, 22050, 1));
  mix::MixSettings settings;
  settings.sample_rate = 48000;  // resampling takes its time
  const auto job = mix::MixJob::create({long_one, long_one, long_one, long_one}, settings);
  REQUIRE(job.ok());
  absl::Status status;
  std::thread work([&] { status = (*job)->write(folder / "out.wav"); });
  while ((*job)->progress() == 0.0) std::this_thread::sleep_for(std::chrono::milliseconds(1));
  CHECK(has_fault((*job)->write(folder / "other.wav"), Fault::conflict));
  (*job)->cancel();
  work.join();
  CHECK(is_cancelled(status));
  CHECK((*job)->report() == nullptr);
  CHECK_FALSE(std::filesystem::exists(folder / "out.wav"));
  (*job)->cancel();  // nothing is under way
  const auto again = mix::MixJob::create({two_files(folder)[0]}, {});
  REQUIRE(again.ok());
  CHECK((*again)->write(folder / "out.wav").ok());
}
