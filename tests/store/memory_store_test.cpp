// SPDX-License-Identifier: MIT
#include "store/memory_store.h"

#include <limits>

#include <catch2/catch.hpp>

#include "base/error.h"
#include "store/store_fixture.h"

using namespace focus::core;
using namespace focus::test;

namespace {

constexpr std::int64_t kAllEpochs = std::numeric_limits<std::int64_t>::max();

}  // namespace

TEST_CASE("a session that nobody uses takes no memory, one that was ended is gone") {
  store::MemoryStore store;
  REQUIRE(store.sessions().add(session_record()).ok());
  REQUIRE(put(store, 0, test_audio()).ok());
  store.segments().release(session_record().id, kAllEpochs);
  CHECK(store.segments().list(session_record().id)->empty());
  REQUIRE(store.sessions().set_ended(session_record().id).ok());
  store.segments().release(session_record().id, kAllEpochs);
  CHECK(store.sessions().ids()->empty());
}

TEST_CASE("a segment that was made again after the store was asked to drop it stays") {
  store::MemoryStore store;
  REQUIRE(store.sessions().add(session_record()).ok());
  for (int k = 0; k < 2; ++k) REQUIRE(put(store, k, test_audio()).ok());  // claims 1 and 2
  REQUIRE(store.segments().forget(session_record().id, 0).ok());
  REQUIRE(put(store, 0, test_audio()).ok());  // claim 3
  store.segments().drop_before(session_record().id, 2, 2);
  const auto kept = store.segments().list(session_record().id);
  REQUIRE(kept->size() == 1);
  CHECK(kept->front().index == 0);
}

TEST_CASE("what was heard is dropped, what is being read stays readable") {
  store::MemoryStore store;
  REQUIRE(store.sessions().add(session_record()).ok());
  for (int k = 0; k < 4; ++k) REQUIRE(put(store, k, test_audio()).ok());
  const auto held = store.segments().open(session_record().id, 0);
  store.segments().drop_before(session_record().id, 2, kAllEpochs);
  CHECK(store.segments().list(session_record().id)->size() == 2);
  const auto gone = store.segments().open(session_record().id, 0);
  CHECK(is_not_found(gone.status()));
  CHECK(field_of(gone.status()) == "index");
  CHECK(store.segments().open(session_record().id, 2).ok());
  CHECK(read_all(**held).frames() == 48000);
  CHECK(store.segments().look_ahead_bound() == 4);
}

TEST_CASE("what nobody comes to soon is dropped, but nothing that was made since") {
  store::MemoryStore store;
  REQUIRE(store.sessions().add(session_record()).ok());
  for (int k = 0; k < 4; ++k) REQUIRE(put(store, k, test_audio()).ok());  // claims 1 to 4
  store.segments().drop_from(session_record().id, 2, 3);
  const auto kept = store.segments().list(session_record().id);
  REQUIRE(kept->size() == 3);
  CHECK(kept->back().index == 3);
  CHECK_FALSE(store.segments().open(session_record().id, 2).ok());
}
