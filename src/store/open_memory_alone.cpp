// SPDX-License-Identifier: MIT
// A minimal build has no catalogue, and so no store in files.
#include "base/error.h"
#include "store/memory_store.h"
#include "store/open_store.h"

namespace focus::core::store {

std::shared_ptr<Store> open_memory_store() { return std::make_shared<MemoryStore>(); }

absl::StatusOr<std::shared_ptr<Store>> open_temporary_store() {
  return std::make_shared<MemoryStore>();
}

absl::StatusOr<std::shared_ptr<Store>> open_folder_store(const std::string&, DiskSync&) {
  return field_error(Fault::unsupported, "storage",
                     "a folder needs a catalogue, which this minimal build of the library has not; "
                     "use memory or temporary, or build it without FOCUS_MINIMAL");
}

}  // namespace focus::core::store
