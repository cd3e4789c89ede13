// SPDX-License-Identifier: MIT
#pragma once

#include <span>

#include <absl/status/statusor.h>

#include "audio/format.h"

namespace focus::core::mix {

/// Chooses the sample rate of a mix: the most common one of `rates`, or the highest of several
/// equally common ones. If `format` does not support it, the next higher standard rate that it
/// supports, or else the highest one.
absl::StatusOr<int> choose_mix_rate(std::span<const int> rates, audio::AudioFormat format);

}  // namespace focus::core::mix
