// SPDX-License-Identifier: MIT
// A minimal build is alone on its device.
#include "base/error.h"
#include "store/open_cluster.h"

namespace focus::core::store {

absl::StatusOr<std::shared_ptr<Store>> open_cluster_store(const ClusterOptions&, Clock&, Entropy&) {
  return field_error(Fault::unsupported, "storage",
                     "a cluster is not part of this minimal build of the library; use memory or "
                     "temporary, or build it without FOCUS_MINIMAL");
}

}  // namespace focus::core::store
