// SPDX-License-Identifier: MIT
#pragma once

#include <memory>

#include <absl/status/statusor.h>

#include "delivery/encoded_cache.h"
#include "session/session.h"

namespace focus::core::delivery {

/// A ready segment as a client gets it: what is heard of it, in the session's format. The store's
/// file where it is heard whole. Otherwise (cut short by a change, or held in memory) it is
/// encoded, with the bytes that such a file would have, and kept in `cache` unless that is null. A
/// conflict where the session is steered again and again meanwhile.
absl::StatusOr<std::shared_ptr<const store::AudioBytes>> segment_bytes(
    session::Session& session, int index, EncodedCache* cache = nullptr);

}  // namespace focus::core::delivery
