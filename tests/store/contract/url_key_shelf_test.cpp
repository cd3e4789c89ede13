// SPDX-License-Identifier: MIT
#include <atomic>
#include <string>
#include <thread>
#include <vector>

#include <catch2/catch.hpp>

#include "base/error.h"
#include "store/contract/houses.h"

using namespace focus::core;
using namespace focus::test;

namespace {

UrlKey key(const std::string& id) { return {id, std::string(kUrlSecretBytes, 's'), 1}; }

}  // namespace

TEMPLATE_TEST_CASE("a key is added after the newest that is known, or not at all", "",
                   FOCUS_EVERY_HOUSE) {
  TestType house;
  UrlKeyShelf& keys = house.store().url_keys();
  CHECK(is_conflict(keys.add(key("a"), "z"), "key_id"));
  REQUIRE(keys.add(key("a"), "").ok());
  CHECK(is_conflict(keys.add(key("b"), ""), "key_id"));
  REQUIRE(keys.add(key("b"), "a").ok());
  CHECK(is_conflict(keys.add(key("c"), "a"), "key_id"));
  REQUIRE(keys.list()->size() == 2);
  CHECK(keys.list()->front().id == "b");
}

TEMPLATE_TEST_CASE("of many who rotate at once one adds a key", "", FOCUS_EVERY_HOUSE) {
  TestType house;
  UrlKeyShelf& keys = house.store().url_keys();
  REQUIRE(keys.add(key("first"), "").ok());
  std::atomic<int> added{0};
  std::vector<std::thread> threads;
  for (int t = 0; t < 6; ++t) {
    threads.emplace_back([&, t] { added += keys.add(key(std::to_string(t)), "first").ok(); });
  }
  for (std::thread& thread : threads) thread.join();
  CHECK(added == 1);
  CHECK(keys.list()->size() == 2);
}
