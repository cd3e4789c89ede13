// SPDX-License-Identifier: MIT
#include "store/catalogue_spend_ledger.h"

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

}  // namespace focus::core
