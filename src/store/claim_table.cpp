// SPDX-License-Identifier: MIT
#include "store/claim_table.h"

#include "base/error.h"
#include "store/records.h"

namespace focus::core::store {

absl::StatusOr<std::optional<ClaimTable::Claim>> ClaimTable::find(const std::string& session_id,
                                                                  int index) {
  FOCUS_ASSIGN_OR_RETURN(Statement select,
                         database_.prepare("SELECT epoch, node, lease_until FROM claim "
                                           "WHERE session_id = ? AND number = ?"));
  FOCUS_ASSIGN_OR_RETURN(const bool found,
                         select.bind(session_id).bind(std::int64_t{index}).step());
  if (!found) return std::optional<Claim>();
  return std::optional(Claim{select.integer(0), select.text(1), select.integer(2)});
}

absl::Status ClaimTable::put(const std::string& session_id, int index, const Claim& claim) {
  FOCUS_ASSIGN_OR_RETURN(Statement insert,
                         database_.prepare("INSERT OR REPLACE INTO claim (session_id, number, "
                                           "epoch, node, lease_until) VALUES (?,?,?,?,?)"));
  return insert.bind(session_id)
      .bind(std::int64_t{index})
      .bind(claim.epoch)
      .bind(claim.node)
      .bind(claim.lease_until)
      .run();
}

absl::StatusOr<std::int64_t> ClaimTable::take_epoch(const std::string& session_id) {
  FOCUS_ASSIGN_OR_RETURN(Statement update,
                         database_.prepare("UPDATE session SET next_epoch = next_epoch + 1 "
                                           "WHERE id = ? RETURNING next_epoch - 1"));
  FOCUS_ASSIGN_OR_RETURN(const bool found, update.bind(session_id).step());
  if (!found) return no_session(session_id);
  const std::int64_t epoch = update.integer(0);
  FOCUS_RETURN_IF_ERROR(update.run());
  return epoch;
}

absl::Status ClaimTable::remove(const std::string& session_id, int index, std::int64_t epoch) {
  FOCUS_ASSIGN_OR_RETURN(
      Statement erase,
      database_.prepare("DELETE FROM claim WHERE session_id = ? AND number = ? AND epoch = ?"));
  return erase.bind(session_id).bind(std::int64_t{index}).bind(epoch).run();
}

absl::Status ClaimTable::remove_from(const std::string& session_id, int first) {
  FOCUS_ASSIGN_OR_RETURN(
      Statement erase, database_.prepare("DELETE FROM claim WHERE session_id = ? AND number >= ?"));
  return erase.bind(session_id).bind(std::int64_t{first}).run();
}

absl::Status ClaimTable::remove_all() { return database_.execute("DELETE FROM claim"); }

}  // namespace focus::core::store
