// SPDX-License-Identifier: MIT
#pragma once

#include <memory>

#include <absl/status/statusor.h>

#include "session/session.h"
#include "store/audio_bytes.h"

namespace focus::core {

/// A ready segment as a client gets it: what is heard of it, in the session's format. The store's
/// file where it is heard whole; else (cut short by a change, or held in memory) encoded, with the
/// bytes that such a file would have.
absl::StatusOr<std::shared_ptr<const AudioBytes>> segment_bytes(Session& session, int index);

}  // namespace focus::core
