// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>

#include <absl/status/statusor.h>

#include "engines/library/features.h"

namespace focus::core::engines {

/// A detail as the catalogue keeps it. The catalogue stays on the machine that has written it.
std::string bytes_of(const TrackDetail& detail);
/// The inverse; Fault::bad_data for other bytes.
absl::StatusOr<TrackDetail> detail_of(std::string_view bytes);

}  // namespace focus::core::engines
