// SPDX-License-Identifier: MIT
#include "store/audio_bytes.h"

#include <filesystem>
#include <fstream>
#include <set>
#include <thread>
#include <vector>

#include <catch2/catch.hpp>

#include "base/atomic_file.h"
#include "base/error.h"
#include "store/store_fixture.h"
#include "support/temp_folder.h"

using namespace focus::core;
using namespace focus::test;
namespace fs = std::filesystem;

namespace {

constexpr auto kQuick = AtomicFile::Durability::renamed;

std::shared_ptr<const AudioBytes> open(const std::string& path) {
  auto audio = FileAudioBytes::open(path, AudioFormat::flac16);
  REQUIRE(audio.ok());
  return *std::move(audio);
}

}  // namespace

TEST_CASE("bytes are read from any offset, from a file as from memory") {
  const TempFolder folder;
  std::string content;
  for (int i = 0; i < 300'000; ++i) content += static_cast<char>(i * 7 % 251);
  REQUIRE(write_file(folder / "a.flac", content, kQuick).ok());
  const auto file = open(folder / "a.flac");
  const auto memory = MemoryAudioBytes::of(content, AudioFormat::wav);
  CHECK(file->path() == folder / "a.flac");
  CHECK(memory->path().empty());
  CHECK(memory->format() == AudioFormat::wav);
  for (const AudioBytes* audio : {file.get(), memory.get()}) {
    CHECK(audio->size() == 300'000);
    CHECK(content_of(*audio) == content);
    std::string part(1000, '\0');
    CHECK(audio->read(299'500, part.data(), 1000).value() == 500);
    CHECK(part.substr(0, 500) == content.substr(299'500));
    CHECK(audio->read(300'000, part.data(), 1000).value() == 0);
    CHECK(audio->read(std::int64_t{1} << 40, part.data(), 1000).value() == 0);
    CHECK(field_of(audio->read(-1, part.data(), 1).status()) == "offset");
  }
}

TEST_CASE("what is held stays as it was when its file is replaced, renamed or deleted") {
  const TempFolder folder;
  const std::string path = folder / "a.flac";
  REQUIRE(write_file(path, "first", kQuick).ok());
  const auto first = open(path);
  REQUIRE(write_file(path, "other", kQuick).ok());
  const auto other = open(path);
  fs::rename(path, folder / "b.flac");
  fs::remove(folder / "b.flac");
  CHECK(content_of(*first) == "first");
  CHECK(content_of(*other) == "other");
  const std::shared_ptr<const AudioBytes> copy = first;
  CHECK(content_of(*copy) == "first");
  CHECK(has_fault(FileAudioBytes::open(path, AudioFormat::flac16).status(), Fault::file_missing));
}

TEST_CASE("the identity follows the bytes") {
  const TempFolder folder;
  const std::string path = folder / "a.flac";
  std::set<std::string> seen;
  std::vector<std::shared_ptr<const AudioBytes>> held;
  for (int i = 0; i < 50; ++i) {
    REQUIRE(write_file(path, "same size", kQuick).ok());
    CHECK(open(path)->identity() == open(path)->identity());
    held.push_back(open(path));
    seen.insert(held.back()->identity());
  }
  CHECK(seen.size() == 50);
  fs::create_hard_link(path, folder / "linked.flac");
  CHECK(open(folder / "linked.flac")->identity() == open(path)->identity());
  const auto of = [](const std::string& content) {
    return MemoryAudioBytes::of(content, AudioFormat::flac16)->identity();
  };
  CHECK(of("a") == of("a"));
  CHECK(of("a") != of("b"));
  for (const std::string& identity : {open(path)->identity(), of("a")}) {
    CHECK(identity.size() < 64);
    CHECK(identity.find_first_not_of("0123456789abcdef-.") == std::string::npos);
  }
}

TEST_CASE("threads read one file at once") {
  const TempFolder folder;
  std::string content;
  for (int i = 0; i < 100'000; ++i) content += static_cast<char>(i % 253);
  REQUIRE(write_file(folder / "a.flac", content, kQuick).ok());
  const auto audio = open(folder / "a.flac");
  std::vector<std::string> read(4);
  std::vector<std::thread> readers;
  for (std::string& into : read) {
    readers.emplace_back([&] { into = content_of(*audio); });
  }
  for (std::thread& reader : readers) reader.join();
  for (const std::string& into : read) CHECK(into == content);
}

TEST_CASE("a file that was cut short is an error, not silence") {
  const TempFolder folder;
  REQUIRE(write_file(folder / "a.flac", "0123456789", kQuick).ok());
  const auto audio = open(folder / "a.flac");
  fs::resize_file(folder / "a.flac", 4);
  char bytes[10];
  CHECK(has_fault(audio->read(0, bytes, 10).status(), Fault::bad_data));
}
