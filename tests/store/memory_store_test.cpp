// SPDX-License-Identifier: MIT
#include "store/memory_store.h"

#include <catch2/catch.hpp>

#include "base/error.h"
#include "store/store_fixture.h"

using namespace focus::core;
using namespace focus::test;

namespace {

/// An epoch that no claim of a test comes to.
constexpr std::int64_t kNewest = 1'000'000;

}  // namespace

TEST_CASE("a session that nobody uses takes no memory, one that was ended is gone") {
  store::MemoryStore store;
  REQUIRE(store.sessions().add(session_record()).ok());
  REQUIRE(put(store, 0, test_audio()).ok());
  store.segments().release(session_record().id, kNewest);
  CHECK(store.segments().list(session_record().id)->empty());
  REQUIRE(store.sessions().set_ended(session_record().id).ok());
  store.segments().release(session_record().id, kNewest);
  CHECK(store.sessions().ids()->empty());
}

TEST_CASE("what was heard is dropped, what is being read stays readable") {
  store::MemoryStore store;
  REQUIRE(store.sessions().add(session_record()).ok());
  for (int k = 0; k < 4; ++k) REQUIRE(put(store, k, test_audio()).ok());
  const auto held = store.segments().open(session_record().id, 0);
  // The claims that made segments 0 to 3 have the epochs 1 to 4.
  store.segments().drop_before(session_record().id, 2, 1);
  CHECK(store.segments().list(session_record().id)->size() == 3);
  const std::int64_t revision = store.sessions().revision(session_record().id).value();
  for (int i = 0; i < 2; ++i) store.segments().drop_before(session_record().id, 2, kNewest);
  CHECK(store.segments().list(session_record().id)->size() == 2);
  CHECK(store.sessions().revision(session_record().id).value() == revision + 1);
  const auto gone = store.segments().open(session_record().id, 0);
  CHECK(is_not_found(gone.status()));
  CHECK(field_of(gone.status()) == "index");
  CHECK(store.segments().open(session_record().id, 2).ok());
  CHECK(read_all(**held).frames() == 48000);
  CHECK(store.segments().look_ahead_bound() == 4);
}
