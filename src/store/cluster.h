// SPDX-License-Identifier: MIT
#pragma once

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
};

}  // namespace focus::core::store
