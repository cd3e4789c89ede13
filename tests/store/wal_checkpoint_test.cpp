// SPDX-License-Identifier: MIT
#include "store/wal_checkpoint.h"

#include <atomic>
#include <filesystem>
#include <string>
#include <thread>

#include <absl/strings/str_cat.h>
#include <catch2/catch.hpp>

#include "base/error.h"
#include "store/shared_catalogue.h"
#include "store/store_fixture.h"
#include "support/temp_folder.h"
#include "support/test_disk.h"

using namespace focus::core;
using namespace focus::test;
namespace fs = std::filesystem;

namespace {

constexpr std::int64_t kPage = 4096;

/// Commits about twelve pages.
absl::Status commit_much(store::SharedCatalogue& shared, int number) {
  return store::SharedCatalogue::Writing(shared)->database().execute(absl::StrCat(
      "REPLACE INTO ballast VALUES (", number % 3, ", ", number, ", randomblob(44000))"));
}

std::int64_t newest(store::SharedCatalogue& shared) {
  const store::SharedCatalogue::Reading catalogue(shared);
  auto select = catalogue->database().prepare("SELECT MAX(number) FROM ballast");
  return select.ok() && select->step().value_or(false) ? select->integer(0) : -1;
}

}  // namespace

TEST_CASE("the log is copied and begun again while others read and write, and nothing is lost") {
  const TempFolder folder;
  const std::string path = folder / "catalogue.sqlite";
  constexpr int kCommits = 1500;
  std::int64_t longest = 0;
  {
    TestDisk disk;
    const auto shared =
        store::SharedCatalogue::open(path, store::Catalogue::Durability::synced, disk);
    REQUIRE(shared.ok());
    REQUIRE(store::SharedCatalogue::Writing(**shared)
                ->database()
                .execute("CREATE TABLE ballast (slot INTEGER PRIMARY KEY, number INTEGER, b BLOB)")
                .ok());
    std::atomic<bool> stop{false};
    std::atomic<bool> went_back{false};
    std::thread reader([&] {
      for (std::int64_t seen = -1; !stop;) {
        const std::int64_t now = newest(**shared);
        if (now < seen) went_back = true;
        seen = now;
      }
    });
    std::atomic<bool> failed{false};
    for (int k = 0; k < kCommits && !failed; ++k) {
      if (!commit_much(**shared, k).ok() || !(*shared)->sync().ok()) failed = true;
      longest = std::max(longest, static_cast<std::int64_t>(fs::file_size(path + "-wal")) / kPage);
    }
    stop = true;
    reader.join();
    CHECK_FALSE(failed);
    CHECK_FALSE(went_back);
    CHECK(newest(**shared) == kCommits - 1);
  }
  // All commits together are some 18'000 pages.
  CHECK(longest >= store::WalCheckpoint::kBeginAnewAt);
  // How far a writer gets beyond that while it is copied depends on the disk.
  CHECK(longest < 4 * store::WalCheckpoint::kBeginAnewAt);
  const auto again =
      store::SharedCatalogue::open(path, store::Catalogue::Durability::synced, DiskSync::system());
  REQUIRE(again.ok());
  CHECK(newest(**again) == kCommits - 1);
}

TEST_CASE("what was copied is in the database file alone, and the log begins again with it") {
  const TempFolder folder;
  const std::string path = folder / "catalogue.sqlite";
  REQUIRE(store::Catalogue::open(path, store::Catalogue::Durability::synced).ok());
  const auto main = store::Catalogue::open(path, store::Catalogue::Durability::synced);
  REQUIRE(main.ok());
  const auto pages = std::make_shared<store::LogPages>(0);
  (*main)->database().watch_log(pages);
  Mutex gate{LockRank::writers};
  const auto checkpoint = store::WalCheckpoint::open(path, pages, gate);
  REQUIRE(checkpoint.ok());
  for (int k = 0; k < 20; ++k) {
    REQUIRE((*main)->add_session(session_record(absl::StrCat("mfocus_0000000000", 10 + k))).ok());
  }
  const std::int64_t before = *pages;
  CHECK(before >= 20);
  CHECK((*checkpoint)->run().value());
  CHECK(*pages < before);
  // A copy of the database file without its log is what a crash that loses the log would leave.
  fs::copy_file(path, folder / "copy.sqlite");
  const auto copy =
      store::Catalogue::open(folder / "copy.sqlite", store::Catalogue::Durability::unsynced);
  REQUIRE(copy.ok());
  CHECK((*copy)->session_ids()->size() == 20);
  REQUIRE((*main)->add_session(session_record()).ok());
  CHECK(*pages < before);
  CHECK((*main)->session_ids()->size() == 21);
}
