// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <utility>

#include <absl/status/status.h>
#include <absl/status/statusor.h>

#include "base/clock.h"
#include "store/spend_ledger.h"

namespace focus::core {

/// The most that may be spent, in millionths of a currency; absent: without bound.
struct SpendCaps {
  std::optional<std::int64_t> session_micros;  ///< by one session in all its life
  std::optional<std::int64_t> day_micros;      ///< by one organization in one UTC day
};

struct Spend {
  std::int64_t held = 0;  ///< for segments that are being made
  std::int64_t settled = 0;
};

/// What a segment of `hundredths` of a second costs, rounded up to a whole millionth.
std::int64_t segment_price(std::int64_t hundredths, std::int64_t micros_per_minute);

/// Reserves money before it is spent, so that what is held and settled together never passes a cap,
/// however many sessions ask at once. Written through to the store's ledger. Thread-safe.
class Budget {
 public:
  /// Counts what the ledger has. What a process that was killed left held counts as spent, until
  /// the same segment is reserved again: it takes that hold over.
  static absl::StatusOr<std::unique_ptr<Budget>> open(SpendLedger& ledger, const Clock& clock);

  /// The caps of one organization, or of all that have none of their own.
  absl::Status set_caps(const std::optional<std::string>& organization, const SpendCaps& caps);

  /// A segment that costs something.
  struct Piece {
    std::string session_id;
    std::string organization;
    int segment = 0;
    std::int64_t micros = 0;
  };
  enum class Answer {
    held,
    later,  ///< it would pass a cap only by money that is held and may come back
    over    ///< it would pass a cap by what is spent
  };
  struct Reservation {
    Answer answer = Answer::over;
    std::int64_t hold = 0;  ///< where held; never 0 then
  };
  absl::StatusOr<Reservation> reserve(const Piece& piece);
  /// What `reserve` would answer.
  Answer foresee(const Piece& piece) const;
  /// The money is spent. It counts so also where the ledger can not be written.
  absl::Status settle(std::int64_t hold);
  /// The money comes back. Nothing happens where it was settled or released before.
  absl::Status release(std::int64_t hold);

  Spend spent_by(const std::string& session_id) const;
  /// On this UTC day.
  Spend spent_today(const std::string& organization) const;
  /// By all of them.
  Spend spent_today() const;

 private:
  using Day = std::pair<std::string, std::int64_t>;  // organization, day
  using Segment = std::pair<std::string, int>;       // session, index
  struct Total {
    std::int64_t held = 0;  // by this process
    std::int64_t left = 0;  // held by one that was killed
    std::int64_t settled = 0;

    std::int64_t spent() const { return left + settled; }
  };
  /// What an entry counts as.
  using Part = std::int64_t Total::*;

  Budget(SpendLedger& ledger, const Clock& clock) : ledger_(ledger), clock_(clock) {}
  std::int64_t today() const;
  void count_locked(const SpendEntry& entry, Part part, int sign);
  Answer judge_locked(const Piece& piece, std::int64_t day) const;
  const SpendEntry* left_behind_locked(const Piece& piece) const;

  SpendLedger& ledger_;
  const Clock& clock_;
  std::mutex writing_;        // one change of the ledger at a time; taken before mutex_
  mutable std::mutex mutex_;  // guards all below, never while the ledger is written
  SpendCaps default_caps_;
  std::map<std::string, SpendCaps> caps_;
  std::map<std::string, Total> sessions_;
  std::map<Day, Total> days_;
  std::map<std::int64_t, SpendEntry> holds_;   // that this process has
  std::map<Segment, SpendEntry> left_behind_;  // by one that was killed
  std::int64_t last_hold_ = 0;
  std::int64_t newest_day_ = 0;
};

}  // namespace focus::core
