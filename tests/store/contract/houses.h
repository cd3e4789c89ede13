// SPDX-License-Identifier: MIT
// The stores that keep the contract of `Store`: every test of this folder runs on each of them.
#pragma once

#include <memory>
#include <utility>

#include "store/memory_store.h"
#include "store/store_fixture.h"
#ifndef FOCUS_MINIMAL
#include "store/folder_store.h"
#include "support/temp_folder.h"
#endif

namespace focus::test {

class InMemory {
 public:
  core::Store& store() { return store_; }

 private:
  core::MemoryStore store_;
};

#ifdef FOCUS_MINIMAL
#define FOCUS_EVERY_HOUSE focus::test::InMemory
#else
class InFolder {
 public:
  core::Store& store() { return *store_; }

 private:
  TempFolder folder_;
  std::unique_ptr<core::FolderStore> store_ = core::FolderStore::open(folder_ / "data").value();
};

class InTemporaryFolder {
 public:
  core::Store& store() { return *store_; }

 private:
  std::unique_ptr<core::FolderStore> store_ = core::FolderStore::open_temporary().value();
};

#define FOCUS_EVERY_HOUSE \
  focus::test::InMemory, focus::test::InFolder, focus::test::InTemporaryFolder
#endif

/// A conflict that names this field.
inline bool is_conflict(const absl::Status& status, const std::string& field) {
  return core::has_fault(status, core::Fault::conflict) && core::field_of(status) == field;
}

}  // namespace focus::test
