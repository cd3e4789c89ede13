// SPDX-License-Identifier: MIT
#include <filesystem>
#include <fstream>

#include <catch2/catch.hpp>

#include "base/error.h"
#include "store/folder_store.h"
#include "store/memory_store.h"
#include "store/store_fixture.h"
#include "support/temp_folder.h"

using namespace focus::core;
using namespace focus::test;
namespace fs = std::filesystem;

TEST_CASE("a session that is deleted goes with rows and files; what is being read stays readable") {
  store::MemoryStore memory;
  const auto folder = store::FolderStore::open_temporary();
  const std::string id = session_record().id;
  for (store::Store* store :
       {static_cast<store::Store*>(&memory), static_cast<store::Store*>(folder->get())}) {
    REQUIRE(store->sessions().add(session_record()).ok());
    REQUIRE(store->sessions().add(session_record("mfocus_ba9876543210")).ok());
    const std::string path = put(*store, 0, test_audio())->path;
    const auto held = store->segments().open(id, 0);
    REQUIRE(held.ok());
    REQUIRE(store->sessions().remove(id).ok());
    CHECK(read_all(**held).frames() == 48000);
    if (!path.empty()) CHECK_FALSE(fs::exists(fs::path(path).parent_path()));
    CHECK(store->sessions().ids().value() == std::vector<std::string>{"mfocus_ba9876543210"});
    for (const absl::Status& status :
         {store->sessions().find(id).status(), store->segments().list(id).status(),
          store->sessions().remove(id), put(*store, 1, test_audio()).status()}) {
      CHECK(is_not_found(status));
    }
  }
}

TEST_CASE("what a session's work was about to keep is not kept once it is deleted") {
  const TempFolder folder;
  const auto store = store::FolderStore::open(folder / "data");
  REQUIRE((*store)->sessions().add(session_record()).ok());
  const auto claimed = (*store)->board().claim(claim_request(0));
  REQUIRE(claimed.ok());
  REQUIRE((*store)->sessions().remove(session_record().id).ok());
  const auto kept =
      (*store)->segments().put(session_record().id, claimed->epoch, audio::AudioFormat::flac16,
                               segment_record(0), test_audio(), {}, {});
  CHECK(is_not_found(kept.status()));
  CHECK(fs::is_empty(folder / "data/sessions"));
}

TEST_CASE("what was killed while it deleted is finished when the folder is opened again") {
  const TempFolder folder;
  const std::string id = session_record().id;
  const std::string other = "mfocus_ba9876543210";
  {
    const auto store = store::FolderStore::open(folder / "data");
    REQUIRE((*store)->sessions().add(session_record()).ok());
    REQUIRE((*store)->sessions().add(session_record(other)).ok());
    REQUIRE(put(**store, 0, test_audio()).ok());
  }
  std::ofstream(folder / "data/tracks/mtrack_00000000000a.flac") << "no row";
  std::ofstream(folder / "precious") << "x";
  {
    const auto catalogue = store::Catalogue::open(folder / "data/catalogue.sqlite",
                                                  store::Catalogue::Durability::unsynced);
    REQUIRE(catalogue.ok());
    REQUIRE((*catalogue)->delete_session(id).ok());
    REQUIRE((*catalogue)->leftovers().add("tracks/mtrack_00000000000a.flac").ok());
    REQUIRE((*catalogue)->leftovers().add("sessions/../../precious").ok());
    REQUIRE((*catalogue)->leftovers().add("").ok());
  }
  REQUIRE(fs::exists(folder / ("data/sessions/" + id + "/000.flac")));
  const auto store = store::FolderStore::open(folder / "data");
  REQUIRE(store.ok());
  CHECK_FALSE(fs::exists(folder / ("data/sessions/" + id)));
  CHECK((*store)->sessions().find(other).ok());
  CHECK(fs::is_empty(folder / "data/tracks"));
  CHECK(fs::exists(folder / "precious"));
}

TEST_CASE("sessions are found by their last change") {
  store::MemoryStore memory;
  const auto folder = store::FolderStore::open_temporary();
  const std::string id = session_record().id;
  const std::int64_t created = session_record().created_at;
  for (store::Store* store :
       {static_cast<store::Store*>(&memory), static_cast<store::Store*>(folder->get())}) {
    REQUIRE(store->sessions().add(session_record()).ok());
    CHECK(store->sessions().untouched_since(created)->empty());
    CHECK(store->sessions().untouched_since(created + 1).value() == std::vector<std::string>{id});
    REQUIRE(store->sessions().touch(id, created + 100).ok());
    CHECK(store->sessions().untouched_since(created + 100)->empty());
    CHECK(store->sessions().untouched_since(created + 101)->size() == 1);
    CHECK(store->sessions().touch("mfocus_000000000000", 5).ok());
  }
}
