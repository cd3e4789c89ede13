// SPDX-License-Identifier: MIT
#pragma once

#include "store/memory_answer_shelf.h"
#include "store/memory_message_shelf.h"
#include "store/memory_segment_shelf.h"
#include "store/memory_session_shelf.h"
#include "store/memory_spend_ledger.h"
#include "store/memory_state.h"
#include "store/memory_track_shelf.h"
#include "store/memory_url_key_shelf.h"
#include "store/memory_work_board.h"
#include "store/store.h"

namespace focus::core::store {

/// A store without any file, bounded: at most `look_ahead` segments ahead of the listener, and what
/// was heard is dropped.
class MemoryStore final : public Store {
 public:
  static constexpr int kDefaultLookAhead = 4;
  explicit MemoryStore(int look_ahead = kDefaultLookAhead) : segments_(state_, look_ahead) {}

  SessionShelf& sessions() override { return sessions_; }
  SegmentShelf& segments() override { return segments_; }
  WorkBoard& board() override { return board_; }
  TrackShelf& tracks() override { return tracks_; }
  UrlKeyShelf& url_keys() override { return url_keys_; }
  SpendLedger& ledger() override { return ledger_; }
  AnswerShelf& answers() override { return answers_; }
  MessageShelf& messages() override { return messages_; }
  absl::StatusOr<std::vector<OwnerBytes>> bytes_by_owner() override {
    return std::vector<OwnerBytes>();
  }

 private:
  MemoryState state_;
  MemorySessionShelf sessions_{state_};
  MemorySegmentShelf segments_;
  MemoryWorkBoard board_{state_};
  MemoryTrackShelf tracks_{state_};
  MemoryUrlKeyShelf url_keys_;
  MemorySpendLedger ledger_;
  MemoryAnswerShelf answers_{state_};
  MemoryMessageShelf messages_{state_};
};

}  // namespace focus::core::store
