// SPDX-License-Identifier: MIT
#include "store/memory_store.h"

#include <catch2/catch.hpp>

#include "base/error.h"
#include "store/store_fixture.h"

using namespace focus::core;
using namespace focus::test;

TEST_CASE("a session that nobody uses takes no memory, one that was ended is gone") {
  MemoryStore store;
  REQUIRE(store.sessions().add(session_record()).ok());
  REQUIRE(put(store, 0, test_audio()).ok());
  CHECK(store.segments().release(session_record().id));
  CHECK(store.segments().list(session_record().id)->empty());
  REQUIRE(store.sessions().set_ended(session_record().id).ok());
  CHECK(store.segments().release(session_record().id));
  CHECK(store.sessions().ids()->empty());
}

TEST_CASE("what was heard is dropped, what is being read stays readable") {
  MemoryStore store;
  REQUIRE(store.sessions().add(session_record()).ok());
  for (int k = 0; k < 4; ++k) REQUIRE(put(store, k, test_audio()).ok());
  const auto held = store.segments().open(session_record().id, 0);
  CHECK(store.segments().drop_before(session_record().id, 2) == 2);
  CHECK(store.segments().drop_before(session_record().id, 2) == 0);
  const auto gone = store.segments().open(session_record().id, 0);
  CHECK(is_not_found(gone.status()));
  CHECK(field_of(gone.status()) == "index");
  CHECK(store.segments().open(session_record().id, 2).ok());
  CHECK(read_all(**held).frames() == 48000);
  CHECK(store.segments().look_ahead_bound() == 4);
}
