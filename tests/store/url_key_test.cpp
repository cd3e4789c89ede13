// SPDX-License-Identifier: MIT
#include <catch2/catch.hpp>

#include "base/error.h"
#include "store/folder_store.h"
#include "store/memory_store.h"
#include "store/store_fixture.h"
#include "support/temp_folder.h"

using namespace focus::core;
using namespace focus::test;

namespace {

UrlKey key(const std::string& id, char first) {
  UrlKey made{id, std::string(kUrlSecretBytes, '\0'), 1'750'000'000};
  made.secret[0] = first;
  made.secret[31] = '\xFF';
  return made;
}

void check_keys(Store& store) {
  const auto keys = store.url_keys().list();
  REQUIRE(keys.ok());
  REQUIRE(keys->size() == 2);
  CHECK(keys->at(0).id == "c");
  CHECK(keys->at(0).secret == key("c", '3').secret);
  CHECK(keys->at(0).created_at == 1'750'000'000);
  CHECK(keys->at(1).id == "b");
}

void add_three(Store& store) {
  CHECK(store.url_keys().list()->empty());
  REQUIRE(store.url_keys().add(key("a", '1'), "").ok());
  REQUIRE(store.url_keys().add(key("b", '2'), "a").ok());
  REQUIRE(store.url_keys().add(key("c", '3'), "b").ok());
  UrlKey weak = key("d", '4');
  weak.secret.pop_back();
  CHECK(field_of(store.url_keys().add(weak, "c")) == "secret");
  CHECK(field_of(store.url_keys().add(key("", '5'), "c")) == "id");
}

}  // namespace

TEST_CASE("the newest two keys are kept, in a folder for the next service too") {
  const TempFolder folder;
  {
    const auto store = FolderStore::open(folder / "data");
    REQUIRE(store.ok());
    add_three(**store);
    check_keys(**store);
  }
  const auto store = FolderStore::open(folder / "data");
  check_keys(**store);
}

TEST_CASE("memory keeps the newest two keys") {
  MemoryStore store;
  add_three(store);
  check_keys(store);
}
