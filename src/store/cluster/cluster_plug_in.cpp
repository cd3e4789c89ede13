// SPDX-License-Identifier: MIT
// What libfocus_session_cluster exports.
#include <memory>
#include <string>
#include <utility>

#include "base/error.h"
#include "base/guarded.h"
#include "base/plug_in.h"
#include "store/cluster/cluster_objects.h"
#include "store/cluster/cluster_store.h"
#include "store/data_folder.h"
#include "store/open_cluster.h"

namespace focus::core::store {
namespace {

absl::Status open_cluster(const ClusterOptions& options, Clock& clock, Entropy& entropy,
                          std::shared_ptr<Store>& store) {
  return caught("opening the store of a cluster", [&]() -> absl::Status {
    FOCUS_RETURN_IF_ERROR(check_database_url(options.database_url));
    const DataFolder folder(options.cache_folder, DataFolder::Lifetime::temporary,
                            DiskSync::system());
    FOCUS_RETURN_IF_ERROR(folder.make_folder(options.cache_folder));
    ClusterStore::Parts parts;
    parts.database.url = options.database_url;
    parts.database.most = options.connections;
    parts.work_folder = folder.path_in("work");
    parts.entropy = &entropy;
    FOCUS_ASSIGN_OR_RETURN(parts.objects, open_objects(options, clock, entropy));
    FOCUS_ASSIGN_OR_RETURN(auto opened, ClusterStore::open(std::move(parts)));
    store = std::move(opened);
    return absl::OkStatus();
  });
}

}  // namespace
}  // namespace focus::core::store

extern "C" __attribute__((visibility("default"))) const focus::core::PlugInDescription*
focus_session_cluster_plug_in() {
  static const std::string version = focus::core::library_version();
  static const focus::core::PlugInDescription description = {
      sizeof(focus::core::PlugInDescription), version.c_str(), focus::core::build_identity(),
      reinterpret_cast<void*>(&focus::core::store::open_cluster)};
  return &description;
}
