// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <functional>

#include <absl/status/status.h>

namespace focus::core {

/// How many bytes of its stack the calling thread has left; a large number where that is not known.
std::size_t stack_left();

/// Runs `body` on the calling thread, or, where that has little stack left, on a thread of its own
/// that has enough, and waits for it. For calls that go into codecs and databases: what those put
/// on the stack is theirs to say (an Opus encoder takes more than 64 KiB), and hosts have threads
/// with less. Returns what `body` returns, or the error where there is no such thread. `body` may
/// throw.
absl::Status with_enough_stack(const std::function<absl::Status()>& body);

}  // namespace focus::core
