// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <absl/status/status.h>
#include <absl/status/statusor.h>

#include "base/clock.h"

namespace focus::core::store {

/// What a host may want to be told of while it does not ask.
enum class MessageKind {
  session_started,
  session_steered,
  session_complete,  ///< all its segments were ready
  session_stopped,   ///< by a spend cap
  session_failed,    ///< a segment could not be made; `detail` is the name of the fault
  session_ended,     ///< its owner has ended it
  session_deleted,
  segment_ready,  ///< `detail` is the key of the engine that has played it
  track_kept      ///< a segment was promoted; `detail` is the id of the track
};
/// "segment.ready": as receivers know it, and as it is kept.
std::string_view name_of(MessageKind kind);
std::optional<MessageKind> message_kind_named(std::string_view name);

/// What has happened to a session.
struct Happening {
  MessageKind kind = MessageKind::session_started;
  std::string session_id = {};
  int segment_index = -1;   ///< -1 where it concerns no segment
  std::string detail = {};  ///< see MessageKind
};

/// One happening on its way to one address.
struct Message {
  std::int64_t number = 0;  ///< grows, and is never used again
  std::string address;
  Happening happening;
  std::string organization;  ///< of the session
  std::string caller;
  std::int64_t happened_at = 0;  ///< Unix seconds
  int attempts = 0;              ///< how often it was taken, this time included
};

/// The messages that are still to be delivered. Thread-safe. A happening is kept in the same
/// transaction that makes it true, once for each address: neither a kill nor a restart loses it. A
/// message is delivered at least once.
class MessageShelf {
 public:
  virtual ~MessageShelf() = default;
  /// Beyond, the oldest messages go.
  static constexpr std::int64_t kMostMessages = 100'000;

  /// From now on happenings are kept for these addresses, at the time of `clock`, which outlives
  /// the shelf. Those on their way to other addresses are forgotten. At first there is no address,
  /// and nothing is kept.
  virtual absl::Status set_addresses(std::vector<std::string> addresses, const Clock& clock) = 0;
  /// Keeps what no other shelf writes down. Does nothing where the session is gone.
  virtual absl::Status add(const Happening& happening) = 0;
  /// Every segment of the session is ready, as it is after `changes` changes. Is kept once for that
  /// number of changes, however often it is said, also after a restart.
  virtual absl::Status add_complete(const std::string& session_id, int changes) = 0;

  /// Takes the message that is due longest; nothing where none is due at `now` (Unix seconds).
  /// Until `until` nobody else takes it; then it is due again, unless it was removed or put off.
  virtual absl::StatusOr<std::optional<Message>> take(std::int64_t now, std::int64_t until) = 0;
  /// Waits until a message was added after the last call, or for `most`.
  virtual void wait(std::chrono::milliseconds most) = 0;
  virtual absl::Status remove(std::int64_t number) = 0;
  virtual absl::Status put_off(std::int64_t number, std::int64_t due_at) = 0;
  virtual absl::StatusOr<std::int64_t> count() = 0;
};

}  // namespace focus::core::store
