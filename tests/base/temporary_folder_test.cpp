// SPDX-License-Identifier: MIT
#include "base/temporary_folder.h"

#include <filesystem>
#include <fstream>
#include <optional>

#include <catch2/catch.hpp>

using namespace focus::core;
namespace fs = std::filesystem;

TEST_CASE("a temporary folder is its user's alone, and goes with all that is in it") {
  std::optional<TemporaryFolder> folder = *TemporaryFolder::create("focus-test-");
  const std::string path = folder->path();
  CHECK((fs::status(path).permissions() & fs::perms::all) == fs::perms::owner_all);
  fs::create_directory(path + "/deep");
  std::ofstream(path + "/deep/file") << "text";
  folder.reset();
  CHECK_FALSE(fs::exists(path));
}

TEST_CASE("a temporary folder that was moved is removed once") {
  TemporaryFolder folder = *TemporaryFolder::create("focus-test-");
  const std::string path = folder.path();
  {
    const TemporaryFolder other = std::move(folder);
    CHECK(other.path() == path);
    CHECK(fs::exists(path));
  }
  CHECK_FALSE(fs::exists(path));
}
