// SPDX-License-Identifier: MIT
// Of a minimal build alone.
#include <catch2/catch.hpp>

#include "base/error.h"
#include "store/open_store.h"
#include "store/store_fixture.h"

using namespace focus::core;
using namespace focus::test;

TEST_CASE("without a catalogue a temporary store is one in memory, and keeps what it is given") {
  const auto store = store::open_temporary_store();
  REQUIRE(store.ok());
  REQUIRE((*store)->sessions().add(session_record()).ok());
  const auto kept = put(**store, 0, test_audio());
  REQUIRE(kept.ok());
  CHECK(kept->path.empty());
  CHECK((*store)->segments().look_ahead_bound().has_value());
}

TEST_CASE("without a catalogue a folder is refused by its field, and what to do is said") {
  const auto store = store::open_folder_store("/tmp/anywhere");
  CHECK(has_fault(store.status(), Fault::unsupported));
  CHECK(field_of(store.status()) == "storage");
  CHECK(store.status().message().find("memory or temporary") != std::string::npos);
}
