// SPDX-License-Identifier: MIT
#include "base/atomic_file.h"

#include <fstream>
#include <iterator>

#include <catch2/catch.hpp>

#include "base/error.h"
#include "support/temp_folder.h"

using namespace focus::core;

namespace {

std::string content_of(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

std::size_t files_in(const std::filesystem::path& folder) {
  return static_cast<std::size_t>(std::distance(std::filesystem::directory_iterator(folder), {}));
}

}  // namespace

TEST_CASE("a committed file replaces the old one whole") {
  const focus::test::TempFolder folder;
  for (const auto durability : {AtomicFile::Durability::synced, AtomicFile::Durability::renamed}) {
    REQUIRE(write_file(folder / "a.txt", "first", durability).ok());
    REQUIRE(write_file(folder / "a.txt", "second", durability).ok());
    CHECK(content_of(folder / "a.txt") == "second");
    CHECK(files_in(folder.path()) == 1);
  }
}

TEST_CASE("without a commit nothing is left behind and the old file stands") {
  const focus::test::TempFolder folder;
  REQUIRE(write_file(folder / "a.flac", "old", AtomicFile::Durability::renamed).ok());
  {
    const AtomicFile file(folder / "a.flac");
    std::ofstream(file.partial_path()) << "half";
    const std::string name = std::filesystem::path(file.partial_path()).filename().string();
    CHECK(is_partial_name(name));
    CHECK(name.ends_with(".flac"));
    CHECK(files_in(folder.path()) == 2);
  }
  CHECK(content_of(folder / "a.flac") == "old");
  CHECK(files_in(folder.path()) == 1);
  CHECK_FALSE(is_partial_name("000.flac"));
}

TEST_CASE("a copy is whole, or is not there and says which file is at fault") {
  const focus::test::TempFolder folder;
  const std::string content(1'000'000, 'x');
  REQUIRE(write_file(folder / "a", content, AtomicFile::Durability::renamed).ok());
  REQUIRE(copy_file(folder / "a", folder / "b", AtomicFile::Durability::synced).ok());
  CHECK(content_of(folder / "b") == content);
  const auto copy = [&](const std::string& from, const std::string& to) {
    return copy_file(from, to, AtomicFile::Durability::renamed);
  };
  CHECK(path_of(copy(folder / "none", folder / "c")) == folder / "none");
  CHECK(path_of(copy(folder / "a", folder / "no/c")) == folder / "no/c");
  CHECK(files_in(folder.path()) == 2);
}

TEST_CASE("a folder that is not there is an error that names the path and the remedy") {
  const focus::test::TempFolder folder;
  const std::string path = folder / "missing/a.txt";
  const absl::Status status = write_file(path, "x", AtomicFile::Durability::synced);
  CHECK(has_fault(status, Fault::file_missing));
  CHECK(path_of(status) == path);
  CHECK(std::string(status.message()).find("check the path") != std::string::npos);
}
