// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include <absl/status/status.h>
#include <absl/status/statusor.h>

namespace focus::core::store {

/// The most that may be spent, in millionths of a currency; absent: without bound.
struct SpendCaps {
  std::optional<std::int64_t> session_micros;  ///< by one session in all its life
  std::optional<std::int64_t> day_micros;      ///< by one organization in one UTC day
};

struct Spend {
  std::int64_t held = 0;  ///< for segments that are being made
  std::int64_t settled = 0;
};

/// Asks for the money of one segment.
struct ReserveRequest {
  std::string session_id;
  int segment = 0;
  std::string organization;
  std::int64_t day = 0;  ///< days since 1970-01-01 in UTC
  std::int64_t micros = 0;
  SpendCaps caps;
  std::string node;      ///< who asks: a name that no other service on this ledger has
  std::int64_t now = 0;  ///< Unix milliseconds
  /// Unix milliseconds; see SpendLedger. A ledger that nodes share takes only the length of the
  /// lease from here, and counts it by a clock of its own.
  std::int64_t lease_until = 0;
};

/// In order of severity.
enum class SpendAnswer {
  held,
  later,  ///< it would pass a cap only by money that is held and may come back
  over    ///< it would pass a cap by what is spent
};

struct Reservation {
  SpendAnswer answer = SpendAnswer::over;
  std::int64_t hold = 0;  ///< the number of the hold, where held; never 0 then, never used again
};

/// What was spent, what is held, and whether more may be held. The ledger judges by its own numbers
/// and writes the hold in the same transaction, so that what is held and settled together never
/// passes a cap, however many services ask at once. Thread-safe.
///
/// A hold belongs to the node that reserved it, until its lease ends. From then on it is left
/// behind: it counts as spent, because its node may still be at work, until the same segment is
/// reserved again by another node, which takes the hold over at the price of then. A hold is never
/// taken over by its own node. A store in a folder knows when it is opened that every process that
/// held money is gone, and gives all of it back: no work of theirs was delivered.
class SpendLedger {
 public:
  virtual ~SpendLedger() = default;

  /// Judges and, where the answer is `held`, holds the money; a power cut after that does not lose
  /// the hold.
  virtual absl::StatusOr<Reservation> reserve(const ReserveRequest& request) = 0;
  /// What reserve() would answer.
  virtual absl::StatusOr<SpendAnswer> foresee(const ReserveRequest& request) = 0;
  /// The money is spent; a power cut after that does not change it. A conflict (field "hold") where
  /// there is no such hold: it was settled or released before, or another node has taken it over.
  virtual absl::Status settle(std::int64_t hold) = 0;
  /// The money comes back. Does nothing where there is no such hold. After a power cut it may be
  /// held again: too much counts then, never too little.
  virtual absl::Status release(std::int64_t hold) = 0;
  /// Moves the end of the hold's lease. A conflict (field "hold") where there is no such hold.
  virtual absl::Status extend(std::int64_t hold, std::int64_t lease_until) = 0;

  virtual absl::StatusOr<Spend> spent_by(const std::string& session_id) = 0;
  virtual absl::StatusOr<Spend> spent_on(const std::string& organization, std::int64_t day) = 0;
  /// By all organizations.
  virtual absl::StatusOr<Spend> spent_on_day(std::int64_t day) = 0;
};

}  // namespace focus::core::store
