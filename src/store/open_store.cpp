// SPDX-License-Identifier: MIT
#include "store/open_store.h"

#include <utility>

#include "base/error.h"
#include "store/folder_store.h"
#include "store/memory_store.h"

namespace focus::core::store {

std::shared_ptr<Store> open_memory_store() {
  FolderStore::clear_up_temporary_folders();
  return std::make_shared<MemoryStore>();
}

absl::StatusOr<std::shared_ptr<Store>> open_temporary_store() {
  FOCUS_ASSIGN_OR_RETURN(auto store, FolderStore::open_temporary());
  return std::shared_ptr<Store>(std::move(store));
}

absl::StatusOr<std::shared_ptr<Store>> open_folder_store(const std::string& folder,
                                                         DiskSync& disk) {
  FOCUS_ASSIGN_OR_RETURN(auto store, FolderStore::open(folder, disk));
  return std::shared_ptr<Store>(std::move(store));
}

}  // namespace focus::core::store
