// SPDX-License-Identifier: MIT
#include "store/spend_ledger.h"

#include <algorithm>
#include <tuple>
#include <utility>

#include "base/error.h"

namespace focus::core {

absl::StatusOr<std::vector<SpendEntry>> CatalogueSpendLedger::load() {
  const std::lock_guard guard(mutex_);
  FOCUS_ASSIGN_OR_RETURN(
      Statement select,
      database_.prepare(
          "SELECT hold, session_id, segment, organization, day, micros, 0 FROM spend "
          "WHERE settled = 0 UNION ALL "
          "SELECT MAX(hold), session_id, 0, organization, day, SUM(micros), 1 FROM spend "
          "WHERE settled = 1 GROUP BY session_id, organization, day ORDER BY 1"));
  std::vector<SpendEntry> entries;
  while (true) {
    FOCUS_ASSIGN_OR_RETURN(const bool more, select.step());
    if (!more) return entries;
    SpendEntry& entry = entries.emplace_back();
    entry.hold = select.integer(0);
    entry.session_id = select.text(1);
    entry.segment = static_cast<int>(select.integer(2));
    entry.organization = select.text(3);
    entry.day = select.integer(4);
    entry.micros = select.integer(5);
    entry.settled = select.integer(6) != 0;
  }
}

absl::Status CatalogueSpendLedger::put(const SpendEntry& entry) {
  const std::lock_guard guard(mutex_);
  FOCUS_ASSIGN_OR_RETURN(Statement insert,
                         database_.prepare("INSERT OR REPLACE INTO spend VALUES (?,?,?,?,?,?,?)"));
  return insert.bind(entry.hold)
      .bind(entry.session_id)
      .bind(std::int64_t{entry.segment})
      .bind(entry.organization)
      .bind(entry.day)
      .bind(entry.micros)
      .bind(std::int64_t{entry.settled})
      .run();
}

absl::Status CatalogueSpendLedger::set_settled(std::int64_t hold) {
  const std::lock_guard guard(mutex_);
  FOCUS_ASSIGN_OR_RETURN(Statement update,
                         database_.prepare("UPDATE spend SET settled = 1 WHERE hold = ?"));
  return update.bind(hold).run();
}

absl::Status CatalogueSpendLedger::erase(std::int64_t hold) {
  const std::lock_guard guard(mutex_);
  FOCUS_ASSIGN_OR_RETURN(Statement erase, database_.prepare("DELETE FROM spend WHERE hold = ?"));
  return erase.bind(hold).run();
}

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
