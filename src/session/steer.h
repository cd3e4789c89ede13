// SPDX-License-Identifier: MIT
// A session changes: it is steered here, or another node has changed it in the store.
#pragma once

#include <cstdint>
#include <optional>

#include <absl/status/status.h>
#include <absl/status/statusor.h>

#include "session/session_state.h"

namespace focus::core::session {

/// See Session::steer.
absl::StatusOr<std::int64_t> steer(SessionState& state, const plan::Steering& steering,
                                   std::optional<double> at_seconds);

/// Takes over what others have done to the session in the store: changes, segments, its end, its
/// removal. An error where the store can not be read; then nothing has changed.
absl::Status refresh(SessionState& state);

}  // namespace focus::core::session
