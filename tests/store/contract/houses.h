// SPDX-License-Identifier: MIT
// The stores that keep the contract of `Store`: every test of this folder runs on each of them.
#pragma once

#include <cstdint>
#include <memory>
#include <utility>

#include "store/memory_store.h"
#include "store/store_fixture.h"
#ifdef FOCUS_CLUSTER_HOUSE
#include "store/cluster/cluster_house.h"
#elif !defined(FOCUS_MINIMAL)
#include "store/folder_store.h"
#include "support/temp_folder.h"
#endif

namespace focus::test {

/// The clock of those who claim and reserve, in Unix milliseconds. In a cluster it is the
/// database's that counts: there `pass` lets leases grow older.
class CallersClock {
 public:
  std::int64_t now() const { return now_; }
  void pass(std::int64_t milliseconds) { now_ += milliseconds; }

 private:
  std::int64_t now_ = 1'000;
};

class InMemory : public CallersClock {
 public:
  core::store::Store& store() { return store_; }

 private:
  core::store::MemoryStore store_;
};

#ifdef FOCUS_CLUSTER_HOUSE
#define FOCUS_EVERY_HOUSE focus::test::InCluster
#elif defined(FOCUS_MINIMAL)
#define FOCUS_EVERY_HOUSE focus::test::InMemory
#else
class InFolder : public CallersClock {
 public:
  core::store::Store& store() { return *store_; }

 private:
  TempFolder folder_;
  std::unique_ptr<core::store::FolderStore> store_ =
      core::store::FolderStore::open(folder_ / "data").value();
};

class InTemporaryFolder : public CallersClock {
 public:
  core::store::Store& store() { return *store_; }

 private:
  std::unique_ptr<core::store::FolderStore> store_ =
      core::store::FolderStore::open_temporary().value();
};

#define FOCUS_EVERY_HOUSE \
  focus::test::InMemory, focus::test::InFolder, focus::test::InTemporaryFolder
#endif

/// A conflict that names this field.
inline bool is_conflict(const absl::Status& status, const std::string& field) {
  return core::has_fault(status, core::Fault::conflict) && core::field_of(status) == field;
}

}  // namespace focus::test
