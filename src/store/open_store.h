// SPDX-License-Identifier: MIT
// The stores a service is opened on. A minimal build has the same functions, but no store in files.
#pragma once

#include <memory>
#include <string>

#include <absl/status/statusor.h>

#include "base/disk_sync.h"
#include "store/store.h"

namespace focus::core::store {

/// In memory alone. Where there are stores in files, what killed processes have left of temporary
/// folders is removed here too.
std::shared_ptr<Store> open_memory_store();
/// For as long as it is open: in a private folder, or in memory where there are no stores in files.
absl::StatusOr<std::shared_ptr<Store>> open_temporary_store();
/// `disk` outlives the store. Fault::unsupported where there are no stores in files.
absl::StatusOr<std::shared_ptr<Store>> open_folder_store(const std::string& folder,
                                                         DiskSync& disk = DiskSync::system());

}  // namespace focus::core::store
