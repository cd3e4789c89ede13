// SPDX-License-Identifier: MIT
#include "store/wal_sync.h"

#include <atomic>
#include <chrono>
#include <fstream>
#include <future>
#include <memory>
#include <thread>
#include <vector>

#include <absl/cleanup/cleanup.h>
#include <catch2/catch.hpp>

#include "base/error.h"
#include "support/temp_folder.h"
#include "support/test_disk.h"
#include "support/wait.h"

using namespace focus::core;
using namespace focus::test;
constexpr auto kLog = DiskSync::What::log;

namespace {

std::unique_ptr<store::WalSync> open(const TempFolder& folder, DiskSync& disk,
                                     store::WalSync::Rescue rescue) {
  std::ofstream(folder / "log") << "pages";
  auto opened = store::WalSync::open(folder / "log", disk, std::move(rescue));
  REQUIRE(opened.ok());
  return *std::move(opened);
}

}  // namespace

TEST_CASE("who comes during a sync is served by the next one, and never by that one") {
  const TempFolder folder;
  TestDisk disk;
  const auto log = open(folder, disk, [] { return true; });
  disk.close(kLog);
  const absl::Cleanup opens = [&] { disk.open(); };
  auto first = std::async(std::launch::async, [&] { return log->wait(); });
  REQUIRE(eventually([&] { return disk.waiting() == 1; }));
  auto second = std::async(std::launch::async, [&] { return log->wait(); });
  std::this_thread::sleep_for(std::chrono::milliseconds(20));
  CHECK(disk.begun(kLog) == 1);
  disk.open();
  CHECK(first.get().ok());
  CHECK(second.get().ok());
  CHECK(disk.begun(kLog) == 2);
}

TEST_CASE("those who wait together share a sync") {
  const TempFolder folder;
  TestDisk disk;
  const auto log = open(folder, disk, [] { return true; });
  constexpr int kCallers = 12;
  disk.close(kLog);
  std::atomic<int> entered{0};
  std::atomic<int> served{0};
  std::vector<std::thread> callers;
  for (int i = 0; i < kCallers; ++i) {
    callers.emplace_back([&] {
      ++entered;
      served += log->wait().ok();
    });
  }
  const bool have_come = eventually([&] { return entered == kCallers; });
  std::this_thread::sleep_for(std::chrono::milliseconds(50));
  disk.open();
  for (std::thread& caller : callers) caller.join();
  CHECK(have_come);
  CHECK(served == kCallers);
  CHECK(disk.begun(kLog) >= 2);
  CHECK(disk.begun(kLog) < kCallers);
}

TEST_CASE("after a failure the log is not believed until it was begun again") {
  const TempFolder folder;
  TestDisk disk;
  int rescues = 0;
  absl::StatusOr<bool> begun_anew = io_error("disk", "still broken");
  const auto log = open(folder, disk, [&] {
    ++rescues;
    return begun_anew;
  });
  CHECK(log->wait().ok());
  disk.fail(kLog);
  const absl::Status failed = log->wait();
  CHECK(has_fault(failed, Fault::io));
  CHECK(path_of(failed) == folder / "log");
  disk.heal();
  const int syncs = disk.begun(kLog);
  CHECK_FALSE(log->wait().ok());
  begun_anew = false;
  CHECK(log->wait().ok());
  begun_anew = true;
  CHECK(log->wait().ok());
  CHECK(rescues == 3);
  CHECK(disk.begun(kLog) == syncs);
  CHECK(log->wait().ok());
  CHECK(rescues == 3);
  CHECK(disk.begun(kLog) == syncs + 1);
}
