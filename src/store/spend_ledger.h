// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <map>
#include <mutex>
#include <string>
#include <vector>

#include <absl/status/status.h>
#include <absl/status/statusor.h>

namespace focus::core {

/// Money for one segment, held while the segment is made or settled since an engine has made it.
struct SpendEntry {
  std::int64_t hold = 0;  ///< its number; no two entries have the same
  std::string session_id;
  int segment = 0;
  std::string organization;
  std::int64_t day = 0;  ///< of its reservation: days since 1970-01-01 in UTC
  std::int64_t micros = 0;
  bool settled = false;
};

/// What was spent, written down before it counts, so that it counts after a crash too. It only
/// remembers: a Budget judges. Thread-safe.
class SpendLedger {
 public:
  virtual ~SpendLedger() = default;

  /// Every held entry as it is, in order of its number; and what was settled, of each session and
  /// day one sum (without a segment, its `hold` the highest of them).
  virtual absl::StatusOr<std::vector<SpendEntry>> load() = 0;
  /// Adds an entry or replaces the one of the same number.
  virtual absl::Status put(const SpendEntry& entry) = 0;
  virtual absl::Status set_settled(std::int64_t hold) = 0;
  virtual absl::Status erase(std::int64_t hold) = 0;
};

/// Forgets with the process.
class MemorySpendLedger final : public SpendLedger {
 public:
  absl::StatusOr<std::vector<SpendEntry>> load() override;
  absl::Status put(const SpendEntry& entry) override;
  absl::Status set_settled(std::int64_t hold) override;
  absl::Status erase(std::int64_t hold) override;

 private:
  std::mutex mutex_;
  std::map<std::int64_t, SpendEntry> entries_;
};

}  // namespace focus::core
