// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <cstdint>

#include <focus_session/focus_session.hpp>

namespace cli {

/// Removes the sessions that would have been heard to their end more than `keep` before `now`
/// (seconds since 1970, UTC). Their tracks stay. @return how many.
int remove_old_sessions(focus::Service& service, std::chrono::hours keep, std::int64_t now);

}  // namespace cli
