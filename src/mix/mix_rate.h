// SPDX-License-Identifier: MIT
#pragma once

#include <span>

#include <absl/status/statusor.h>

#include "audio/format.h"

namespace focus::core {

/// The rate for a mix of files of these rates: the one that most of them have, the highest of those
/// that are as common, else the nearest one above it (or below) that `format` can hold.
absl::StatusOr<int> choose_mix_rate(std::span<const int> rates, AudioFormat format);

}  // namespace focus::core
