// SPDX-License-Identifier: MIT
// What the nodes of a cluster decide together: duties, requests with a key, access keys, rates.
#include <string>
#include <vector>

#include <absl/strings/str_cat.h>
#include <catch2/catch.hpp>

#include "base/error.h"
#include "store/cluster/cluster_house.h"
#include "store/contract/houses.h"
#include "support/wait.h"

using namespace focus::core;
using namespace focus::test;

namespace {

const std::string kId = session_record().id;

}  // namespace

TEST_CASE("a duty is one node's at a time") {
  OneNode house;
  store::Duties& duties = house.store.duties();
  CHECK(duties.take("expiry", "a").value());
  CHECK(duties.take("expiry", "a").value());
  CHECK_FALSE(duties.take("expiry", "b").value());
  CHECK(duties.take("sweep", "b").value());
  pass_time(house.store, store::Duties::kLeaseSeconds * 1000);
  CHECK(duties.take("expiry", "b").value());
  CHECK_FALSE(duties.take("expiry", "a").value());
  REQUIRE(duties.leave("expiry", "a").ok());  // not its own: nothing happens
  CHECK_FALSE(duties.take("expiry", "a").value());
  REQUIRE(duties.leave("expiry", "b").ok());
  CHECK(duties.take("expiry", "a").value());
}

TEST_CASE("a request with a key runs on one node at a time, and starts one session") {
  TestDatabase database;
  TempFolder objects;
  ClusterNode a(database, objects / "objects");
  ClusterNode b(database, objects / "objects");
  const store::RequestKey key{"org_1", "alice", "same"};
  const auto begin = [&](ClusterNode& node) {
    return node.store().answers().begin(key, "digest", 1'000).value();
  };
  CHECK_FALSE(begin(a).runs_elsewhere);
  CHECK(begin(b).runs_elsewhere);
  CHECK_FALSE(begin(a).runs_elsewhere);
  // What does not run on a node is not its to end.
  REQUIRE(b.store().answers().forget(key).ok());
  REQUIRE(b.store().answers().keep(key, 400, "no").ok());
  CHECK(begin(b).runs_elsewhere);

  // The first node is taken for dead, and then goes on.
  pass_time(a.store(), store::AnswerShelf::kRunningMs);
  CHECK_FALSE(begin(b).runs_elsewhere);
  const auto start = [&](ClusterNode& node, const std::string& id) {
    store::SessionRecord record = session_record(id);
    record.organization = key.organization;
    record.caller = key.caller;
    return node.store().sessions().add(record, key.key);
  };
  CHECK(start(b, kId).ok());
  CHECK(is_conflict(start(a, "mfocus_0123456789ac"), "request_key"));
  CHECK(a.store().sessions().ids()->size() == 1);
  REQUIRE(a.store().answers().forget(key).ok());
  REQUIRE(b.store().answers().keep(key, 202, "started").ok());
  CHECK(begin(a).body == "started");
  CHECK_FALSE(begin(a).runs_elsewhere);
}

TEST_CASE("a request whose node has died runs on another one at once") {
  TestDatabase database;
  TempFolder objects;
  ClusterNode lives(database, objects / "objects");
  const store::RequestKey key{"org_1", "alice", "same"};
  {
    ClusterNode dies(database, objects / "objects");
    REQUIRE_FALSE(dies.store().answers().begin(key, "digest", 1'000)->runs_elsewhere);
    CHECK(lives.store().answers().begin(key, "digest", 1'000)->runs_elsewhere);
  }
  CHECK(eventually(
      [&] { return !lives.store().answers().begin(key, "digest", 1'000)->runs_elsewhere; }));
}

TEST_CASE("all nodes accept the access keys that one has added") {
  OneNode house;
  ClusterNode other(house.database, house.folder / "objects");
  store::AccessKeyShelf& keys = house.store.access_keys();
  store::AccessKeyRecord key;
  key.hash = std::string(64, 'a');
  key.name = "zoe";
  key.organizations = {"org_1", "org_2"};
  key.capabilities = {"USE_MUSIC_GENERATION"};
  key.requests_per_minute = 60;
  const std::int64_t before = other.store().access_keys().revision().value();
  REQUIRE(keys.put(key).ok());
  CHECK(other.store().access_keys().revision().value() > before);
  CHECK(other.store().access_keys().list().value() == std::vector{key});
  key.requests_per_minute.reset();
  key.organizations.clear();
  REQUIRE(keys.put(key).ok());
  CHECK(other.store().access_keys().list().value() == std::vector{key});
  REQUIRE(keys.remove(key.hash).ok());
  REQUIRE(keys.remove(key.hash).ok());
  CHECK(other.store().access_keys().list()->empty());
}

TEST_CASE("the requests of all nodes are counted together") {
  OneNode house;
  ClusterNode other(house.database, house.folder / "objects");
  // The minute may end in between: then both are counted in the next one.
  for (int tries = 0; tries < 3; ++tries) {
    const std::string key = absl::StrCat("key", tries);
    const auto first = house.store.rates().add({{key, 5}, {"other", 1}});
    const auto second = other.store().rates().add({{key, 2}, {key, 1}});
    REQUIRE(first->requests.size() == 2);
    REQUIRE(second->requests.size() == 2);
    CHECK(first->requests[0] == 5);
    CHECK(first->window_ends_in_ms <= 60'000);
    CHECK(first->window_ends_in_ms > 0);
    if (second->window_ends_in_ms > first->window_ends_in_ms) continue;
    CHECK(second->requests[0] == 8);
    CHECK(second->requests[1] == 8);
    return;
  }
}
