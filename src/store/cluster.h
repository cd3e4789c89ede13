// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include <absl/status/status.h>
#include <absl/status/statusor.h>

#include "store/access_key_shelf.h"
#include "store/duties.h"
#include "store/notices.h"
#include "store/rate_shelf.h"
#include "store/shared_board.h"

namespace focus::core::store {

/// What a store that many nodes share has besides (see Store::cluster). All live as long as the
/// store.
class Cluster {
 public:
  virtual ~Cluster() = default;

  /// The store's board().
  virtual SharedBoard& board() = 0;
  virtual Notices& notices() = 0;
  virtual Duties& duties() = 0;
  virtual AccessKeyShelf& access_keys() = 0;
  virtual RateShelf& rates() = 0;

  /// Whether this node may begin a segment: Fault::unavailable while as much waits here for the
  /// storage as may wait.
  virtual absl::Status check_room() = 0;

  /// An address where a client without a key reads the file of a ready segment from `now` until
  /// `until` (Unix seconds); nothing where the storage has none.
  virtual absl::StatusOr<std::optional<std::string>> direct_url(const std::string& session_id,
                                                                int index, std::int64_t now,
                                                                std::int64_t until) = 0;
};

}  // namespace focus::core::store
