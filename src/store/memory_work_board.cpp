// SPDX-License-Identifier: MIT
#include "store/memory_work_board.h"

#include "base/error.h"

namespace focus::core::store {

absl::StatusOr<Claimed> MemoryWorkBoard::claim(const ClaimRequest& request) {
  const MutexLock guard(state_.mutex);
  FOCUS_ASSIGN_OR_RETURN(MemoryState::Session* const session,
                         state_.find_locked(request.session_id));
  FOCUS_RETURN_IF_ERROR(MemoryState::check_changes(*session, request.changes));
  if (session->segments.contains(request.index)) return ready_already(request.index);
  const auto held = session->claims.find(request.index);
  if (held != session->claims.end() &&
      !may_take(request, held->second.node, held->second.lease_until)) {
    return claimed_already(request.index);
  }
  const std::int64_t epoch = session->next_epoch++;
  session->claims[request.index] = {epoch, request.node, request.lease_until};
  return Claimed{epoch};
}

/// The claim with this epoch; null where it is no longer current.
MemoryState::Claim* MemoryWorkBoard::current_locked(const std::string& session_id, int index,
                                                    std::int64_t epoch) {
  const auto session = state_.sessions.find(session_id);
  if (session == state_.sessions.end()) return nullptr;
  const auto claim = session->second.claims.find(index);
  const bool is_current = claim != session->second.claims.end() && claim->second.epoch == epoch;
  return is_current ? &claim->second : nullptr;
}

absl::Status MemoryWorkBoard::extend(const std::string& session_id, int index, std::int64_t epoch,
                                     std::int64_t lease_until) {
  const MutexLock guard(state_.mutex);
  MemoryState::Claim* const claim = current_locked(session_id, index, epoch);
  if (claim == nullptr) return claim_lost(index);
  claim->lease_until = lease_until;
  return absl::OkStatus();
}

absl::Status MemoryWorkBoard::give_up(const std::string& session_id, int index,
                                      std::int64_t epoch) {
  const MutexLock guard(state_.mutex);
  if (current_locked(session_id, index, epoch) != nullptr) {
    state_.sessions[session_id].claims.erase(index);
  }
  return absl::OkStatus();
}

}  // namespace focus::core::store
