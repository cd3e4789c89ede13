// SPDX-License-Identifier: MIT
#pragma once

#include <memory>

#include <absl/status/statusor.h>

#include "base/clock.h"
#include "base/entropy.h"
#include "store/cluster_options.h"
#include "store/objects/object_shelf.h"

namespace focus::core::store {

/// Opens the shelf that the options name: a bucket of S3 for http and https, or a folder that all
/// nodes have mounted for file:///FOLDER. Errors name the option. `clock` and `entropy` outlive it.
absl::StatusOr<std::unique_ptr<ObjectShelf>> open_objects(const ClusterOptions& options,
                                                          Clock& clock, Entropy& entropy);

}  // namespace focus::core::store
