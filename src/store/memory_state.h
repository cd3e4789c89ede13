// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <deque>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include <absl/status/status.h>
#include <absl/status/statusor.h>

#include "audio/buffer.h"
#include "base/mutex.h"
#include "store/answer_shelf.h"
#include "store/audio_bytes.h"
#include "store/message_receivers.h"
#include "store/message_shelf.h"
#include "store/records.h"

namespace focus::core::store {

/// What the shelves of a MemoryStore share, and the mutex that guards it.
struct MemoryState {
  struct Segment {
    SegmentRecord record;
    std::shared_ptr<const audio::AudioBuffer> audio;
    std::int64_t epoch = 0;  // of the claim that has made it
  };
  struct Claim {
    std::int64_t epoch = 0;
    std::string node;
    std::int64_t lease_until = 0;
  };
  struct Session {
    SessionRecord record;
    std::int64_t touched_at = 0;
    std::int64_t revision = 0;
    std::int64_t next_epoch = 1;
    int told_complete = -1;  // see MessageShelf::add_complete
    std::map<int, Segment> segments;
    std::map<int, Claim> claims;
  };
  struct Track {
    TrackRecord record;
    std::shared_ptr<const AudioBytes> audio;
    bool segment_gone = false;  // replaced by a change: the segment of that index is another
  };

  struct Waiting {
    Message message;
    std::int64_t due_at = 0;  // Unix seconds
  };

  struct Answer {
    RequestKey key;
    KeptAnswer answer;
  };

  absl::StatusOr<Session*> find_locked(const std::string& id) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex);
  /// nullptr where the key is not known.
  Answer* find_answer_locked(const RequestKey& key) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex);
  /// Keeps a message for each address, where there is memory for it.
  void tell_locked(const Happening& happening) noexcept ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex);
  /// See Catalogue::check_changes and check_claim.
  static absl::Status check_changes(const Session& session, int known);
  static absl::Status check_claim(const Session& session, int index, std::int64_t epoch);

  Mutex mutex{LockRank::store};
  std::map<std::string, Session> sessions ABSL_GUARDED_BY(mutex);
  std::vector<std::string> order ABSL_GUARDED_BY(mutex);  // of the sessions, oldest first
  std::vector<Track> tracks ABSL_GUARDED_BY(mutex);       // oldest first
  std::vector<Answer> answers ABSL_GUARDED_BY(mutex);     // oldest first
  std::deque<Waiting> messages ABSL_GUARDED_BY(mutex);    // oldest first
  std::int64_t last_message ABSL_GUARDED_BY(mutex) = 0;
  MessageReceivers receivers;
};

}  // namespace focus::core::store
