// SPDX-License-Identifier: MIT
#include "store/sqlite_work_board.h"

#include "base/error.h"

namespace focus::core::store {

absl::StatusOr<Claimed> SqliteWorkBoard::claim(const ClaimRequest& request) {
  const std::string& id = request.session_id;
  SharedCatalogue::Writing catalogue(shared_);
  FOCUS_ASSIGN_OR_RETURN(Transaction transaction, catalogue->begin());
  FOCUS_RETURN_IF_ERROR(catalogue->check_changes(id, request.changes));
  FOCUS_ASSIGN_OR_RETURN(const bool is_ready, catalogue->segments().has(id, request.index));
  if (is_ready) return ready_already(request.index);
  FOCUS_ASSIGN_OR_RETURN(const auto held, catalogue->claims().find(id, request.index));
  if (held && !may_take(request, held->node, held->lease_until)) {
    return claimed_already(request.index);
  }
  FOCUS_ASSIGN_OR_RETURN(const std::int64_t epoch, catalogue->claims().take_epoch(id));
  FOCUS_RETURN_IF_ERROR(
      catalogue->claims().put(id, request.index, {epoch, request.node, request.lease_until}));
  FOCUS_RETURN_IF_ERROR(transaction.commit());
  return Claimed{epoch};
}

absl::Status SqliteWorkBoard::extend(const std::string& session_id, int index, std::int64_t epoch,
                                     std::int64_t lease_until) {
  SharedCatalogue::Writing catalogue(shared_);
  FOCUS_ASSIGN_OR_RETURN(auto claim, catalogue->claims().find(session_id, index));
  if (!claim || claim->epoch != epoch) return claim_lost(index);
  claim->lease_until = lease_until;
  return catalogue->claims().put(session_id, index, *claim);
}

absl::Status SqliteWorkBoard::give_up(const std::string& session_id, int index,
                                      std::int64_t epoch) {
  return SharedCatalogue::Writing(shared_)->claims().remove(session_id, index, epoch);
}

}  // namespace focus::core::store
