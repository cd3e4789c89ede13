// SPDX-License-Identifier: MIT
#include "store/abandoned_folders.h"

#include <filesystem>
#include <fstream>
#include <stdlib.h>

#include <absl/cleanup/cleanup.h>
#include <catch2/catch.hpp>

#include "base/temporary_folder.h"
#include "store/folder_lock.h"
#include "store/folder_store.h"
#include "store/open_store.h"
#include "support/child.h"
#include "support/temp_folder.h"

using namespace focus::core;
using namespace focus::test;
namespace fs = std::filesystem;

namespace {

std::string folder_in(const TempFolder& base, const std::string& name) {
  fs::create_directory(base / name);
  std::ofstream(base / (name + "/catalogue.sqlite")) << "kept";
  return base / name;
}

int count_folders(const TempFolder& base) {
  return static_cast<int>(
      std::distance(fs::directory_iterator(base.path()), fs::directory_iterator()));
}

}  // namespace

TEST_CASE("only marked folders that nobody holds are removed") {
  const TempFolder base;
  const std::string left = folder_in(base, "focus-left");
  const std::string held = folder_in(base, "focus-held");
  const std::string lasting = folder_in(base, "focus-lasting");  // a host may name its folder so
  const std::string other = folder_in(base, "other");
  for (const std::string& folder : {left, lasting, other})
    REQUIRE(store::FolderLock::take(folder).ok());
  const auto lock = store::FolderLock::take(held);
  REQUIRE(lock.ok());
  for (const std::string& folder : {left, held, other})
    REQUIRE(store::mark_as_temporary(folder).ok());
  const std::string linked = folder_in(base, "linked");
  REQUIRE(store::FolderLock::take(linked).ok());
  REQUIRE(store::mark_as_temporary(linked).ok());
  fs::create_directory_symlink(linked, base / "focus-link");

  store::remove_abandoned_folders(base.path().string(), "focus-");
  CHECK_FALSE(fs::exists(left));
  for (const std::string& folder : {held, lasting, other, linked}) {
    CHECK(fs::exists(folder + "/catalogue.sqlite"));
  }
  store::remove_abandoned_folders(base / "none", "focus-");
}

TEST_CASE("what a killed process leaves goes with the next store, whatever its kind") {
  const TempFolder base;
  const TempFolder elsewhere;
  const char* before = ::getenv("TMPDIR");
  const std::string kept = before == nullptr ? "" : before;
  const absl::Cleanup restores = [&] {
    if (before == nullptr) {
      ::unsetenv("TMPDIR");
    } else {
      ::setenv("TMPDIR", kept.c_str(), 1);
    }
  };
  ::setenv("TMPDIR", base.path().c_str(), 1);
  CHECK(end_of_child(begin_child([] {
          const auto store = store::FolderStore::open_temporary();
          const auto command = TemporaryFolder::create(kCommandFolderPrefix);
          if (store.ok() && command.ok()) ::raise(SIGKILL);
          return 3;
        })) < 0);
  CHECK(count_folders(base) == 2);
  SECTION("temporary") {
    {
      const auto first = store::FolderStore::open_temporary();
      const auto second = store::FolderStore::open_temporary();
      REQUIRE(first.ok());
      REQUIRE(second.ok());
      CHECK(count_folders(base) == 2);
    }
    CHECK(count_folders(base) == 0);
  }
  SECTION("in a folder") {
    const auto store = store::FolderStore::open(elsewhere / "data");
    REQUIRE(store.ok());
    CHECK(count_folders(base) == 0);
  }
  SECTION("in memory") {
    const auto store = store::open_memory_store();
    CHECK(count_folders(base) == 0);
  }
}

TEST_CASE("a temporary folder that is opened to last is kept from then on") {
  const TempFolder base;
  const std::string left = folder_in(base, "focus-left");
  fs::remove(left + "/catalogue.sqlite");
  REQUIRE(store::FolderLock::take(left).ok());
  REQUIRE(store::mark_as_temporary(left).ok());
  REQUIRE(store::FolderStore::open(left).ok());
  store::remove_abandoned_folders(base.path().string(), "focus-");
  CHECK(fs::exists(left + "/catalogue.sqlite"));
}
