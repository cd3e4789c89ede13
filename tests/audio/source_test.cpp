// SPDX-License-Identifier: MIT
#include "audio/source.h"

#include <sys/stat.h>
#include <thread>

#include "base/error.h"
#include "byte_files.h"

using namespace focus::core;
using namespace focus::test;

namespace {

/// A pipe that gives `bytes` to its first reader.
class Pipe {
 public:
  Pipe(const TempFolder& folder, std::string bytes) : path_(folder / "pipe") {
    ::unlink(path_.c_str());
    REQUIRE(::mkfifo(path_.c_str(), 0600) == 0);
    writer_ = std::thread([path = path_, bytes = std::move(bytes)] {
      std::ofstream(path, std::ios::binary) << bytes;
    });
  }
  ~Pipe() { writer_.join(); }
  const std::string& path() const { return path_; }

 private:
  std::string path_;
  std::thread writer_;
};

}  // namespace

TEST_CASE("a pipe is read as a file is, more than once") {
  const TempFolder folder;
  const audio::AudioBuffer expected = noise(1.0, -12.0, 48000, 1, 2);
  for (const audio::AudioFormat format : {audio::AudioFormat::wav, audio::AudioFormat::flac24}) {
    const Pipe pipe(folder, encoded(expected, format));
    const auto source = audio::AudioSource::open(pipe.path());
    REQUIRE(source.ok());
    CHECK((*source)->is_copy());
    CHECK((*source)->path() == pipe.path());
    for (int time = 0; time < 2; ++time) {
      const auto reader = audio::AudioFileReader::open(*source);
      REQUIRE(reader.ok());
      audio::AudioBuffer audio(2, 50'000, 48000);
      REQUIRE((*reader)->read(audio.view()).value_or(-1) == 48000);
      CHECK(largest_difference(audio.view().subview(0, 48000), expected.view()) < 1e-6);
    }
  }
}

TEST_CASE("a pipe that carries no audio, or too much, is refused") {
  const TempFolder folder;
  {
    const Pipe pipe(folder, "these are words");
    const absl::Status status = audio::AudioSource::open(pipe.path()).status();
    CHECK(has_fault(status, Fault::bad_data));
    CHECK(path_of(status) == pipe.path());
    CHECK(std::string(status.message()).find("WAV, FLAC, Ogg") != std::string::npos);
  }
  const Pipe pipe(folder, "RIFF" + std::string(3000, 'x'));
  const absl::Status status = audio::AudioSource::open(pipe.path(), 2000).status();
  CHECK(has_fault(status, Fault::bad_data));
  CHECK(std::string(status.message()).find("more than 2000 bytes") != std::string::npos);
  // A device that gives bytes without end is not waited for.
  CHECK(has_fault(audio::AudioSource::open("/dev/zero").status(), Fault::bad_data));
}

TEST_CASE("the copy of a pipe is removed") {
  const TempFolder folder;
  const auto copies = [] {
    std::int64_t count = 0;
    for (const auto& entry :
         std::filesystem::directory_iterator(std::filesystem::temp_directory_path())) {
      count += entry.path().filename().string().rfind("focus-audio-", 0) == 0;
    }
    return count;
  };
  const TempFolder temporary;
  const char* const before = std::getenv("TMPDIR");
  const std::string kept = before == nullptr ? "" : before;
  ::setenv("TMPDIR", temporary.path().c_str(), 1);
  {
    const Pipe pipe(folder, encoded(noise(0.1, -12.0, 48000, 1), audio::AudioFormat::wav));
    const auto source = audio::AudioSource::open(pipe.path());
    REQUIRE(source.ok());
    CHECK(copies() == 1);
  }
  CHECK(copies() == 0);
  kept.empty() ? ::unsetenv("TMPDIR") : ::setenv("TMPDIR", kept.c_str(), 1);
}

TEST_CASE("a source reads at any place, and nothing beyond its end") {
  const TempFolder folder;
  const auto source = audio::AudioSource::open(save(folder, "a", "0123456789"));
  REQUIRE(source.ok());
  CHECK((*source)->size() == 10);
  CHECK_FALSE((*source)->is_copy());
  char bytes[8] = {};
  CHECK((*source)->read_at(7, bytes, 8) == 3);
  CHECK(std::string(bytes, 3) == "789");
  CHECK((*source)->read_at(2, bytes, 2) == 2);
  CHECK(std::string(bytes, 2) == "23");
  CHECK((*source)->read_at(4, bytes, 1) == 1);
  CHECK(bytes[0] == '4');
  CHECK((*source)->read_at(10, bytes, 1) == 0);
  CHECK((*source)->read_at(-1, bytes, 1) == 0);
  CHECK((*source)->status().ok());
  audio::ByteScanner scanner(**source, {2, 8});
  CHECK(scanner.starts_with(2, "234567"));
  CHECK_FALSE(scanner.starts_with(2, "2345678"));
  CHECK(scanner.at(1, 1) == nullptr);
  CHECK(scanner.at(8, 1) == nullptr);
}
