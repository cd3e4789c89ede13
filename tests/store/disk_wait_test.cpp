// SPDX-License-Identifier: MIT
// Who waits for the disk, and who does not.
#include <chrono>
#include <filesystem>
#include <future>
#include <string>
#include <vector>

#include <absl/cleanup/cleanup.h>
#include <catch2/catch.hpp>

#include "base/error.h"
#include "store/folder_store.h"
#include "store/store_fixture.h"
#include "support/patience.h"
#include "support/temp_folder.h"
#include "support/test_disk.h"
#include "support/wait.h"

using namespace focus::core;
using namespace focus::test;
namespace fs = std::filesystem;
using What = DiskSync::What;

namespace {

const std::string kId = session_record().id;
const std::string kOther = "mfocus_ba9876543210";

plan::Change some_change() {
  plan::Steering steering;
  steering.divergence = 0.5;
  return {steering, 100};
}

/// Whether `work` returns while the disk is closed. Opens the disk.
template <typename Work>
bool returns_meanwhile(TestDisk& disk, Work work) {
  auto done = std::async(std::launch::async, work);
  const bool returned =
      done.wait_for(std::chrono::seconds(FOCUS_TEST_PATIENCE_SECONDS)) == std::future_status::ready;
  const bool still_waits = disk.waiting() > 0;
  disk.open();
  return done.get() && returned && still_waits;
}

/// All that a service does without a promise that depends on the disk.
bool everything_else_works(store::Store& store) {
  store::SessionShelf& sessions = store.sessions();
  bool works = sessions.add(session_record("mfocus_00000000000c")).ok();
  works = works && sessions.find(kOther).ok() && sessions.ids()->size() == 3;
  works = works && sessions.add_change(kOther, 0, some_change(), 1).ok();
  works = works && sessions.touch(kOther, 5).ok() && sessions.untouched_since(0).ok();
  works = works && sessions.revision(kOther).ok() && sessions.set_ended(kOther).ok();
  works = works && store.segments().list(kOther)->size() == 1;
  works = works && store.segments().open(kOther, 0).ok();
  store::ClaimRequest request = claim_request(1, 1);
  request.session_id = kOther;
  const auto claimed = store.board().claim(request);
  works = works && claimed.ok();
  works = works && store.board().extend(kOther, 1, claimed->epoch, 1'000).ok();
  works = works && store.board().give_up(kOther, 1, claimed->epoch).ok();
  works = works && store.segments().forget(kOther, 0).ok();
  works = works && store.tracks().list().ok() && store.url_keys().list().ok();
  store::ReserveRequest money;
  money.session_id = kOther;
  money.node = "n";
  works = works && store.ledger().foresee(money).ok() && store.ledger().spent_by(kOther).ok();
  return works && sessions.remove("mfocus_00000000000c").ok();
}

}  // namespace

TEST_CASE("while a segment waits for the disk, nobody else does") {
  const What what = GENERATE(What::file, What::folder, What::log);
  CAPTURE(static_cast<int>(what));
  const TempFolder folder;
  TestDisk disk;
  const auto opened = store::FolderStore::open(folder / "data", disk);
  REQUIRE(opened.ok());
  store::Store& store = **opened;
  REQUIRE(store.sessions().add(session_record()).ok());
  REQUIRE(store.sessions().add(session_record(kOther)).ok());
  REQUIRE(put(store, 0, test_audio(4800)).ok());
  store::ClaimRequest request = claim_request(0);
  request.session_id = kOther;
  REQUIRE(put(store, request, audio::AudioFormat::flac16, test_audio(4800)).ok());

  disk.close(what);
  auto kept = std::async(std::launch::async, [&] { return put(store, 1, test_audio(4800)); });
  const absl::Cleanup opens = [&] { disk.open(); };
  REQUIRE(eventually([&] { return disk.waiting() == 1; }));
  CHECK(returns_meanwhile(disk, [&] { return everything_else_works(store); }));
  CHECK(kept.get().ok());
  CHECK(store.segments().list(kId)->size() == 2);
}

TEST_CASE("a session is steered and removed while its own segment waits for the disk") {
  const TempFolder folder;
  TestDisk disk;
  const auto opened = store::FolderStore::open(folder / "data", disk);
  store::Store& store = **opened;
  REQUIRE(store.sessions().add(session_record()).ok());
  REQUIRE(put(store, 0, test_audio(4800)).ok());
  const bool removes = GENERATE(false, true);

  disk.close(What::file);
  auto kept = std::async(std::launch::async, [&] { return put(store, 1, test_audio(4800)); });
  const absl::Cleanup opens = [&] { disk.open(); };
  REQUIRE(eventually([&] { return disk.waiting() == 1; }));
  CHECK(returns_meanwhile(disk, [&] {
    return removes ? store.sessions().remove(kId).ok()
                   : store.sessions().add_change(kId, 0, some_change(), 1).ok();
  }));
  const absl::Status refused = kept.get().status();
  CHECK(has_fault(refused, removes ? Fault::not_found : Fault::conflict));
  // Nothing of it stays: neither a row nor a file, whole or partial.
  const std::string session_folder = folder / ("data/sessions/" + kId);
  if (removes) {
    CHECK_FALSE(fs::exists(session_folder));
    return;
  }
  std::vector<std::string> files;
  for (const auto& entry : fs::directory_iterator(session_folder)) {
    files.push_back(entry.path().filename().string());
  }
  CHECK(files == std::vector<std::string>{"000.flac"});
  REQUIRE(put(store, claim_request(1, 1), audio::AudioFormat::flac16, test_audio(9600)).ok());
  CHECK(read_all(**store.segments().open(kId, 1)).frames() == 9600);
}

TEST_CASE("a segment, a track, a key and a reservation are not reported before the disk has them") {
  const TempFolder folder;
  TestDisk disk;
  const auto opened = store::FolderStore::open(folder / "data", disk);
  store::Store& store = **opened;
  REQUIRE(store.sessions().add(session_record()).ok());
  CHECK(disk.begun(What::log) == 0);
  int syncs = 0;
  const auto has_synced = [&] {
    const int now = disk.begun(What::log);
    return now > std::exchange(syncs, now);
  };
  REQUIRE(put(store, 0, test_audio(4800)).ok());
  CHECK(has_synced());
  CHECK(disk.begun(What::file) == 1);
  const auto audio = store::MemoryAudioBytes::of("audio", audio::AudioFormat::flac16);
  REQUIRE(store.tracks().add(track_record(0, "mtrack_00000000000a"), *audio, 0).ok());
  CHECK(has_synced());
  REQUIRE(store.url_keys().add({"a", std::string(store::kUrlSecretBytes, 's'), 1}, "").ok());
  CHECK(has_synced());
  store::ReserveRequest request;
  request.session_id = kId;
  request.micros = 10;
  request.node = "n";
  const auto held = store.ledger().reserve(request);
  CHECK(has_synced());
  REQUIRE(store.ledger().settle(held->hold).ok());
  CHECK(has_synced());
  REQUIRE(store.sessions().add_change(kId, 0, some_change(), 0).ok());
  REQUIRE(store.sessions().set_ended(kId).ok());
  REQUIRE(store.sessions().remove(kId).ok());
  CHECK_FALSE(has_synced());
}

TEST_CASE("what the disk refuses is not kept, and once it works again everything is") {
  const What what = GENERATE(What::file, What::folder, What::log);
  CAPTURE(static_cast<int>(what));
  const TempFolder folder;
  TestDisk disk;
  store::ReserveRequest money;
  money.session_id = kId;
  money.micros = 10;
  money.node = "n";
  {
    const auto opened = store::FolderStore::open(folder / "data", disk);
    store::Store& store = **opened;
    REQUIRE(store.sessions().add(session_record()).ok());
    if (what == What::log) {
      disk.fail(what);
      CHECK_FALSE(store.ledger().reserve(money).ok());
      CHECK(store.ledger().spent_by(kId)->held == 0);
      disk.heal();
    }
    REQUIRE(put(store, 0, test_audio(4800)).ok());
    disk.fail(what);
    const auto refused = put(store, 1, test_audio(4800));
    CHECK(has_fault(refused.status(), Fault::io));
    CHECK(store.segments().list(kId)->size() == 1);
    CHECK_FALSE(fs::exists(folder / ("data/sessions/" + kId + "/001.flac")));
    disk.heal();
    store::ClaimRequest again = claim_request(1);
    again.take_over = true;
    REQUIRE(put(store, again, audio::AudioFormat::flac16, test_audio(9600)).ok());
    REQUIRE(put(store, 2, test_audio(4800)).ok());
    const auto held = store.ledger().reserve(money);
    REQUIRE(held->answer == store::SpendAnswer::held);
    REQUIRE(store.ledger().settle(held->hold).ok());
  }
  const auto again = store::FolderStore::open(folder / "data");
  REQUIRE(again.ok());
  const auto listed = (*again)->segments().list(kId);
  REQUIRE(listed->size() == 3);
  CHECK(listed->at(1).frames == 9600);
  CHECK((*again)->ledger().spent_by(kId)->settled == 10);
}

TEST_CASE("the claims and the holds of a process that is gone are void in the next one") {
  const TempFolder folder;
  store::ReserveRequest money;
  money.session_id = kId;
  money.micros = 60;
  money.node = "n";
  money.caps.session_micros = 100;
  money.lease_until = std::int64_t{1} << 60;
  std::int64_t epoch = 0;
  {
    const auto store = store::FolderStore::open(folder / "data");
    REQUIRE((*store)->sessions().add(session_record()).ok());
    epoch = (*store)->board().claim(claim_request(0))->epoch;
    REQUIRE((*store)->ledger().reserve(money)->answer == store::SpendAnswer::held);
  }
  const auto store = store::FolderStore::open(folder / "data");
  const auto claimed = (*store)->board().claim(claim_request(0));
  REQUIRE(claimed.ok());
  CHECK(claimed->epoch > epoch);
  CHECK((*store)->ledger().spent_by(kId)->held == 0);
  money.segment = 1;
  money.micros = 100;
  CHECK((*store)->ledger().foresee(money).value() == store::SpendAnswer::held);
  money.segment = 0;
  money.micros = 70;
  CHECK((*store)->ledger().reserve(money)->answer == store::SpendAnswer::held);
  CHECK((*store)->ledger().spent_by(kId)->held == 70);
}
