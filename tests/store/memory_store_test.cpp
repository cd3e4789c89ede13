// SPDX-License-Identifier: MIT
#include "store/memory_store.h"

#include <catch2/catch.hpp>

#include "base/error.h"
#include "store/folder_store.h"
#include "store/store_fixture.h"

using namespace focus::core;
using namespace focus::test;

TEST_CASE("memory holds the very samples that a file would") {
  for (const AudioFormat format : {AudioFormat::flac16, AudioFormat::flac24, AudioFormat::wav}) {
    MemoryStore memory;
    const auto folder = FolderStore::open_temporary();
    SessionRecord session = session_record();
    session.request.format = format;
    for (Store* store : {static_cast<Store*>(&memory), static_cast<Store*>(folder->get())}) {
      REQUIRE(store->add_session(session).ok());
      REQUIRE(store->put_segment(session.id, format, segment_record(3), test_audio(), 7, {}).ok());
    }
    const AudioBuffer from_memory = read_all(**memory.open_segment(session.id, 3));
    const AudioBuffer from_file = read_all(**(*folder)->open_segment(session.id, 3));
    CHECK(same_samples(from_memory, from_file));
  }
}

TEST_CASE("a session that nobody uses takes no memory, one that was ended is gone") {
  MemoryStore store;
  REQUIRE(store.add_session(session_record()).ok());
  REQUIRE(put(store, 0, test_audio()).ok());
  CHECK(store.release(session_record().id));
  CHECK(store.segments(session_record().id)->empty());
  REQUIRE(store.set_ended(session_record().id).ok());
  CHECK(store.release(session_record().id));
  CHECK(store.session_ids()->empty());
}

TEST_CASE("what was heard is dropped, what is being read stays readable") {
  MemoryStore store;
  REQUIRE(store.add_session(session_record()).ok());
  for (int k = 0; k < 4; ++k) REQUIRE(put(store, k, test_audio()).ok());
  const auto held = store.open_segment(session_record().id, 0);
  CHECK(store.drop_before(session_record().id, 2) == 2);
  CHECK(store.drop_before(session_record().id, 2) == 0);
  const auto gone = store.open_segment(session_record().id, 0);
  CHECK(absl::IsNotFound(gone.status()));
  CHECK(field_of(gone.status()) == "index");
  CHECK(store.open_segment(session_record().id, 2).ok());
  CHECK(read_all(**held).frames() == 48000);
  CHECK(store.look_ahead_bound() == 4);
}
