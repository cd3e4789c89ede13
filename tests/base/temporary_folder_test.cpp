// SPDX-License-Identifier: MIT
#include "base/temporary_folder.h"

#include <csignal>
#include <filesystem>
#include <fstream>
#include <optional>

#include <catch2/catch.hpp>

#include "support/child.h"

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

TEST_CASE("what a killed process has left of its temporary folders is removed, and no other") {
  const std::string prefix = "focus-left-" + std::to_string(::getpid()) + "-";
  int told[2];
  REQUIRE(::pipe(told) == 0);
  CHECK(focus::test::end_of_child(focus::test::begin_child([&] {
          const auto folder = TemporaryFolder::create(prefix);
          if (!folder.ok()) return 3;
          std::ofstream(folder->path() + "/out.wav") << "much";
          if (::write(told[1], folder->path().data(), folder->path().size()) < 0) return 3;
          ::raise(SIGKILL);
          return 3;
        })) < 0);
  char name[256] = {};
  REQUIRE(::read(told[0], name, sizeof name - 1) > 0);
  for (const int end : told) ::close(end);
  const std::string left = name;
  const TemporaryFolder used = *TemporaryFolder::create(prefix);
  const TemporaryFolder other = *TemporaryFolder::create("focus-other-");
  const std::string link = temporary_base() + "/" + prefix + "link";
  fs::create_directory_symlink(other.path(), link);
  const std::string file = temporary_base() + "/" + prefix + "file";
  std::ofstream(file) << "text";
  const std::string older =
      temporary_base() + "/" + prefix + "older";  // of a library without locks
  fs::create_directory(older);
  std::ofstream(older + "/brief.json") << "in use";
  REQUIRE(fs::exists(left + "/out.wav"));

  TemporaryFolder::remove_abandoned(prefix);
  CHECK_FALSE(fs::exists(left));
  CHECK(fs::exists(used.path()));
  CHECK(fs::exists(other.path()));
  CHECK(fs::is_symlink(link));
  CHECK(fs::exists(file));
  CHECK(fs::exists(older + "/brief.json"));
  fs::remove_all(older);
  fs::remove(link);
  fs::remove(file);
}
