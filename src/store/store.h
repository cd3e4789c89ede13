// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include <absl/status/statusor.h>

#include "store/answer_shelf.h"
#include "store/message_shelf.h"
#include "store/segment_shelf.h"
#include "store/session_shelf.h"
#include "store/spend_ledger.h"
#include "store/track_shelf.h"
#include "store/url_key_shelf.h"
#include "store/work_board.h"

namespace focus::core::store {

class Cluster;

/// How much audio an owner has in a store.
struct OwnerBytes {
  std::string organization;
  std::string caller;
  std::int64_t bytes = 0;  ///< of segments and tracks
};

/// Where everything is kept that outlives a call: one shelf for each noun. The shelves live as long
/// as the store, are thread-safe, and share their transactions: what one method does is there for
/// all shelves at once. Every error of a file names its path.
class Store {
 public:
  virtual ~Store() = default;

  virtual SessionShelf& sessions() = 0;
  virtual SegmentShelf& segments() = 0;
  virtual WorkBoard& board() = 0;
  virtual TrackShelf& tracks() = 0;
  virtual UrlKeyShelf& url_keys() = 0;
  virtual SpendLedger& ledger() = 0;
  virtual AnswerShelf& answers() = 0;
  virtual MessageShelf& messages() = 0;

  /// How much audio each owner has; an owner may come more than once. Nothing where the store
  /// bounds itself.
  virtual absl::StatusOr<std::vector<OwnerBytes>> bytes_by_owner() = 0;

  /// What there is where many nodes share the store and its work; null where one process is alone.
  virtual Cluster* cluster() { return nullptr; }
};

}  // namespace focus::core::store
