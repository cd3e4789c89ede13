// SPDX-License-Identifier: MIT
// A cluster's store on the PostgreSQL server of tests/support/with_postgres.py.
#pragma once

#include <atomic>
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <stdexcept>
#include <string>
#include <unistd.h>
#include <utility>
#include <vector>

#include <absl/strings/str_cat.h>

#include "base/error.h"
#include "store/cluster/cluster_store.h"
#include "store/cluster/test_objects.h"
#include "store/postgres/schema.h"
#include "support/temp_folder.h"

namespace focus::test {

/// The server's address, up to the name of a database.
inline std::string test_server() {
  const char* const url = std::getenv("FOCUS_TEST_DATABASE");
  if (url == nullptr) {
    throw std::runtime_error("run this with tests/support/with_postgres.py, which starts a server");
  }
  return url;
}

/// A database of the test's own, removed at the end.
class TestDatabase {
 public:
  enum class Tables { ready, none };

  /// `ready` is a copy of a database whose tables were made once for the whole program.
  explicit TestDatabase(Tables tables = Tables::ready)
      : name_(absl::StrCat("focus_", ::getpid(), "_", ++last_)) {
    create(name_, tables == Tables::ready ? prepared() : "template1");
  }
  ~TestDatabase() {
    try {
      admin("DROP DATABASE IF EXISTS " + name_ + " WITH (FORCE)");
    } catch (...) {  // the server goes with all its databases
    }
  }
  TestDatabase(const TestDatabase&) = delete;
  TestDatabase& operator=(const TestDatabase&) = delete;

  std::string url() const { return test_server() + name_; }
  const std::string& name() const { return name_; }

  /// Runs a statement on the server, beside any store.
  static void admin(const std::string& sql) {
    auto connection = core::store::PgConnection::open(test_server() + "postgres", {});
    const absl::Status done = connection.ok() ? (*connection)->execute(sql) : connection.status();
    if (!done.ok()) throw std::runtime_error(std::string(done.message()));
  }

 private:
  /// Copying the files costs a quarter of PostgreSQL's usual way through its log.
  static void create(const std::string& name, const std::string& original) {
    admin(absl::StrCat("CREATE DATABASE ", name, " TEMPLATE ", original, " STRATEGY file_copy"));
  }

  static const std::string& prepared() {
    static const std::string name = [] {
      std::string made = absl::StrCat("focus_", ::getpid(), "_prepared");
      create(made, "template1");
      core::store::PgPool pool({.url = test_server() + made, .most = 1, .patience = {}});
      const absl::Status done = core::store::prepare_pg_schema(pool);
      if (!done.ok()) throw std::runtime_error(std::string(done.message()));
      return made;
    }();
    return name;
  }

  static inline std::atomic<int> last_{0};
  const std::string name_;
};

/// One node of a cluster on a database.
class ClusterNode {
 public:
  ClusterNode(const TestDatabase& database, const std::string& objects_folder, int connections = 8)
      : ClusterNode(database.url(), objects_folder, connections) {}
  ClusterNode(const std::string& database_url, const std::string& objects_folder,
              int connections = 8) {
    auto objects = std::make_unique<TestObjects>(objects_folder);
    objects_ = objects.get();
    core::store::ClusterStore::Parts parts;
    parts.database.url = database_url;
    parts.database.most = connections;
    parts.objects = std::move(objects);
    parts.work_folder = folder_ / "work";
    store_ = core::store::ClusterStore::open(std::move(parts)).value();
  }

  core::store::ClusterStore& store() { return *store_; }
  core::store::SharedBoard& board() { return store_->board(); }
  TestObjects& objects() { return *objects_; }
  const TempFolder& folder() const { return folder_; }

 private:
  TempFolder folder_;
  TestObjects* objects_ = nullptr;
  std::unique_ptr<core::store::ClusterStore> store_;
};

/// A cluster of one node.
struct OneNode {
  TestDatabase database;
  TempFolder folder;
  ClusterNode node{database, folder / "objects"};
  core::store::ClusterStore& store = node.store();
};

/// Lets all leases of a cluster grow older.
inline void pass_time(core::store::ClusterStore& store, std::int64_t milliseconds) {
  for (const char* table : {"segment", "hold", "duty", "answer"}) {
    store.pool()
        .change(absl::StrCat("UPDATE ", table, " SET lease_until = lease_until - $1"),
                {milliseconds})
        .value();
  }
}

/// For the contract of stores.
class InCluster {
 public:
  core::store::Store& store() { return node_.store(); }
  /// Never moves, and is far from the database's: what the caller's clock says does not count.
  std::int64_t now() const { return 1'000; }
  void pass(std::int64_t milliseconds) { pass_time(node_.store(), milliseconds); }

 private:
  TestDatabase database_;
  TempFolder objects_;
  ClusterNode node_{database_, objects_ / "objects"};
};

}  // namespace focus::test
