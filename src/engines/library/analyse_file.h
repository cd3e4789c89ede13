// SPDX-License-Identifier: MIT
#pragma once

#include <functional>
#include <string>

#include <absl/status/statusor.h>

#include "engines/library/features.h"

namespace focus::core::engines {

/// Reads a file to its end and measures it. An error names the path: Fault::bad_data where it is
/// damaged, silent, too short, or longer than a day.
absl::StatusOr<TrackAnalysis> analyse_file(const std::string& path,
                                           const std::function<bool()>& cancelled);

/// The reason of an error without the path that it begins with.
std::string reason_of(const absl::Status& status, const std::string& path);

}  // namespace focus::core::engines
