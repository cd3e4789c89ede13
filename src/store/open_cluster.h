// SPDX-License-Identifier: MIT
#pragma once

#include <memory>

#include <absl/status/status.h>
#include <absl/status/statusor.h>

#include "base/clock.h"
#include "base/entropy.h"
#include "store/cluster_options.h"
#include "store/store.h"

namespace focus::core::store {

/// What the plug-in of clusters does (PlugInDescription::entry). Writes the store to `store` where
/// it succeeds. `clock` and `entropy` outlive the store.
using OpenClusterStore = absl::Status (*)(const ClusterOptions& options, Clock& clock,
                                          Entropy& entropy, std::shared_ptr<Store>& store);

/// Opens the store that the nodes of a cluster share, by the plug-in libfocus_session_cluster.
/// Fault::unsupported where that is not installed; errors of an option name the field.
absl::StatusOr<std::shared_ptr<Store>> open_cluster_store(const ClusterOptions& options,
                                                          Clock& clock, Entropy& entropy);

}  // namespace focus::core::store
