// SPDX-License-Identifier: MIT
#include "store/spend_ledger.h"

#include <algorithm>
#include <tuple>
#include <utility>

namespace focus::core {

absl::StatusOr<std::vector<SpendEntry>> MemorySpendLedger::load() {
  const std::lock_guard guard(mutex_);
  std::vector<SpendEntry> entries;
  std::map<std::tuple<std::string, std::string, std::int64_t>, std::size_t> sums;
  for (const auto& [hold, entry] : entries_) {
    if (entry.settled) {
      const auto [sum, first] =
          sums.try_emplace({entry.session_id, entry.organization, entry.day}, entries.size());
      if (!first) {
        entries[sum->second].hold = hold;
        entries[sum->second].micros += entry.micros;
        continue;
      }
    }
    entries.push_back(entry);
    if (entry.settled) entries.back().segment = 0;
  }
  std::sort(entries.begin(), entries.end(),
            [](const SpendEntry& a, const SpendEntry& b) { return a.hold < b.hold; });
  return entries;
}

absl::Status MemorySpendLedger::put(const SpendEntry& entry) {
  const std::lock_guard guard(mutex_);
  entries_[entry.hold] = entry;
  return absl::OkStatus();
}

absl::Status MemorySpendLedger::set_settled(std::int64_t hold) {
  const std::lock_guard guard(mutex_);
  const auto found = entries_.find(hold);
  if (found != entries_.end()) found->second.settled = true;
  return absl::OkStatus();
}

absl::Status MemorySpendLedger::erase(std::int64_t hold) {
  const std::lock_guard guard(mutex_);
  entries_.erase(hold);
  return absl::OkStatus();
}

}  // namespace focus::core
