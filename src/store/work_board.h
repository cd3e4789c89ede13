// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <string>

#include <absl/status/status.h>
#include <absl/status/statusor.h>

namespace focus::core::store {

/// Asks for the right to make one segment.
struct ClaimRequest {
  std::string session_id;
  int index = 0;
  /// How many changes of the session the claimant has planned with: the length of the history it
  /// knows (also where its plan had to leave one of them out).
  int changes = 0;
  std::string node;      ///< who asks: a name that no other service on this store has
  std::int64_t now = 0;  ///< Unix milliseconds
  /// Unix milliseconds. A board that nodes share takes only the length of the lease from here, and
  /// counts it by a clock of its own (see SharedBoard).
  std::int64_t lease_until = 0;
  /// Takes the claim also from a live lease of the same node: the caller makes the segment in place
  /// of another worker of its own.
  bool take_over = false;
};

/// The right to make one segment, until the lease ends.
struct Claimed {
  /// The number of the claim. It fences: only the claim that has the segment's newest epoch can
  /// complete (see SegmentShelf::put). Epochs grow within a session and are never used again; the
  /// first is 1.
  std::int64_t epoch = 0;
};

/// Who makes which segment. A segment has one claim at most, with a lease: once that has run out,
/// another node may claim the segment. The late claimant is not told; its completion is refused,
/// because the epoch is no longer current. Thread-safe. Claims need not outlive a power cut.
class WorkBoard {
 public:
  virtual ~WorkBoard() = default;

  /// A conflict where the segment has a live lease (field "claim"; but see `take_over`), is ready
  /// (field "index"), or where the session was steered since the claimant planned it (field
  /// "changes"). not_found where the session is gone.
  virtual absl::StatusOr<Claimed> claim(const ClaimRequest& request) = 0;
  /// Moves the end of the lease. A conflict (field "claim") where the epoch is no longer current:
  /// then the caller should stop making the segment.
  virtual absl::Status extend(const std::string& session_id, int index, std::int64_t epoch,
                              std::int64_t lease_until) = 0;
  /// Ends the claim. Does nothing where the epoch is no longer current.
  virtual absl::Status give_up(const std::string& session_id, int index, std::int64_t epoch) = 0;
};

/// What every board decides by: whether the request may take a segment from a claim of `node` with
/// that lease.
bool may_take(const ClaimRequest& request, const std::string& node, std::int64_t lease_until);
absl::Status claimed_already(int index);
absl::Status ready_already(int index);

}  // namespace focus::core::store
