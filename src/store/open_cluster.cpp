// SPDX-License-Identifier: MIT
#include "store/open_cluster.h"

#include "base/error.h"
#include "base/plug_in.h"

namespace focus::core::store {

absl::StatusOr<std::shared_ptr<Store>> open_cluster_store(const ClusterOptions& options,
                                                          Clock& clock, Entropy& entropy) {
  for (const auto& [field, value] : {std::pair("database_url", &options.database_url),
                                     std::pair("objects_url", &options.objects_url),
                                     std::pair("cache_folder", &options.cache_folder)}) {
    if (value->empty()) return invalid_field(field, "is required for storage in a cluster");
  }
  const auto entry = load_plug_in(
      {"libfocus_session_cluster.so.0", "focus_session_cluster_plug_in", "focus-session-cluster"});
  if (!entry.ok()) return with_field(entry.status(), "storage");
  const auto open = reinterpret_cast<OpenClusterStore>(*entry);
  std::shared_ptr<Store> store;
  FOCUS_RETURN_IF_ERROR(open(options, clock, entropy, store));
  return store;
}

}  // namespace focus::core::store
