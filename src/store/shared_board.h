// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include <absl/status/status.h>
#include <absl/status/statusor.h>

#include "store/spend_ledger.h"
#include "store/work_board.h"

namespace focus::core::store {

/// A segment that a session wants.
struct WantedSegment {
  int index = 0;
  std::int64_t needed_in_ms = 0;  ///< from now, until its listener runs dry; negative: it is late
  std::int64_t micros = 0;        ///< what the session's engine costs for it
};

/// All that is wanted of a session.
struct WantedSegments {
  std::string session_id;
  int changes = 0;  ///< how many changes of the session the segments are planned with
  int plan_version = 0;
  std::string engine;          ///< key of the engine that is to play
  std::string engine_version;  ///< as the node has it that wants them
  std::string fallback;        ///< key of the engine that plays where `engine` has failed often
  bool in_order = false;       ///< `engine` continues the previous segment
  bool is_heard = false;       ///< somebody listens, and would hear a hole
  std::vector<WantedSegment> segments;
};

/// An engine that a node has.
struct EngineOfNode {
  std::string key;
  std::string version;
};

/// Asks for the most urgent segment that a node can make.
struct NextClaimRequest {
  std::string node;
  int plan_version = 0;  ///< a node makes no segments of a plan of another version
  std::vector<EngineOfNode> engines;
  std::int64_t lease_ms = 30'000;
  std::int64_t hold_ms = 3'600'000;  ///< how long the money is the node's; see SpendLedger
  std::int64_t day = 0;              ///< days since 1970-01-01 in UTC, for the money
  /// The caps of an organization. Null: segments that cost something are left to others.
  std::function<SpendCaps(const std::string& organization)> caps;
};

/// The right to make a segment that a session wants.
struct NextClaim {
  std::string session_id;
  int index = 0;
  std::int64_t epoch = 0;
  int changes = 0;        ///< that it was planned with
  std::int64_t hold = 0;  ///< the money for it, see PaidClaim; 0 where it costs nothing
  std::string engine;     ///< the key of the engine that is to make it: the fallback after failures
  bool is_fallback = false;
  int failures = 0;
  std::int64_t needed_in_ms = 0;
};

/// A claim of a segment that costs something, together with the money for it. The hold is settled
/// in the transaction that makes the segment ready, and given back where the claim is given up or
/// its lease ends. The claimant gives it back by SpendLedger::release where another engine, which
/// costs nothing, makes the segment after all, and where the claim was lost.
struct PaidClaim {
  SpendAnswer answer = SpendAnswer::over;
  std::int64_t epoch = 0;  ///< where the answer is `held`
  std::int64_t hold = 0;   ///< likewise
};

/// A board of work that many nodes share: any of them makes what any session wants. Leases and the
/// urgency of segments are counted by the database's clock, so that nodes whose clocks differ
/// agree. Thread-safe.
class SharedBoard : public WorkBoard {
 public:
  /// After so many failures of one segment the session's fallback makes it.
  static constexpr int kMostFailures = 3;
  /// How soon a segment has to be needed for an engine of another version to make it.
  static constexpr std::int64_t kAnyVersionMs = 15'000;
  /// How soon a segment has to be needed by a listener to be made out of turn.
  static constexpr std::int64_t kRunsDryMs = 10'000;

  /// Replaces what is wanted of the session. Segments that are ready or being made stay so. A
  /// conflict (field "changes") where the session was steered since it was planned.
  virtual absl::Status want(const WantedSegments& wanted) = 0;

  /// Claims a segment of those which somebody wants, nobody makes, and this node can make: its plan
  /// has the node's version, the node has the engine in the version that is wanted (in another one
  /// only where the segment is needed soon and nobody has begun it), and where the engine continues
  /// the previous segment, that one is ready. First comes what is needed within kRunsDryMs by
  /// somebody who listens; then organizations, and within them their callers, take turns; of one
  /// caller the segment comes first that is needed first. Where it costs something, it waits until
  /// those before it in its session are claimed, so that money for some of them buys the first
  /// ones; the money is held in the same transaction; where that would pass a cap, the next one is
  /// tried. Nothing where there is none.
  virtual absl::StatusOr<std::optional<NextClaim>> claim_next(const NextClaimRequest& request) = 0;

  /// As claim(), and reserve() in the same transaction: both or neither.
  virtual absl::StatusOr<PaidClaim> claim_paid(const ClaimRequest& claim,
                                               const ReserveRequest& money) = 0;

  /// Ends the claim as give_up() does, and counts a failure of the segment. A claim whose lease
  /// ends counts one as well: its node may have died of it. Returns how many there are by now. A
  /// conflict (field "claim") where the epoch is no longer current.
  virtual absl::StatusOr<int> fail(const std::string& session_id, int index,
                                   std::int64_t epoch) = 0;

  /// Whether any node makes a segment of the session now.
  virtual absl::StatusOr<bool> has_claims(const std::string& session_id) = 0;

  /// A listener has come to this segment. What is written is the furthest of all listeners. Does
  /// nothing where there is no such session.
  virtual absl::Status note_heard(const std::string& session_id, int segment) = 0;
  struct Heard {
    int segment = -1;         ///< the furthest; -1: nobody has heard anything
    std::int64_t ago_ms = 0;  ///< since it was noted
  };
  virtual absl::StatusOr<Heard> heard(const std::string& session_id) = 0;

  /// This node is alive, and plans by this version. To be told every 10 s.
  virtual absl::Status note_node(const std::string& node, int plan_version) = 0;
  /// The session's segments are planned by another version from here on, from its beginning: what
  /// was made of the plan before is forgotten. A conflict (field "plan_version") while a node lives
  /// that plans by the version the session has: that node's work must not be wiped.
  virtual absl::Status adopt_plan(const std::string& session_id, int plan_version) = 0;
};

}  // namespace focus::core::store
