// SPDX-License-Identifier: MIT
#include "store/memory_session_shelf.h"

#include "base/error.h"

namespace focus::core::store {

absl::Status MemorySessionShelf::add(const SessionRecord& session, const std::string& request_key) {
  const MutexLock guard(state_.mutex);
  MemoryState::Session& added = state_.sessions[session.id];
  added.record = session;
  added.touched_at = session.created_at;
  state_.order.push_back(session.id);
  state_.tell_locked({MessageKind::session_started, session.id});
  if (request_key.empty()) return absl::OkStatus();
  MemoryState::Answer* const answer =
      state_.find_answer_locked({session.organization, session.caller, request_key});
  if (answer != nullptr) answer->answer.session_id = session.id;
  return absl::OkStatus();
}

absl::StatusOr<SessionRecord> MemorySessionShelf::find(const std::string& id) {
  const MutexLock guard(state_.mutex);
  FOCUS_ASSIGN_OR_RETURN(const MemoryState::Session* session, state_.find_locked(id));
  return session->record;
}

absl::StatusOr<std::vector<std::string>> MemorySessionShelf::ids() {
  const MutexLock guard(state_.mutex);
  return state_.order;
}

absl::StatusOr<std::vector<std::string>> MemorySessionShelf::ids_of(const SessionQuery& query) {
  const MutexLock guard(state_.mutex);
  const bool is_there = state_.sessions.contains(query.before);
  bool begun = query.before.empty();
  std::vector<std::string> ids;
  for (auto id = state_.order.rbegin(); id != state_.order.rend(); ++id) {
    const SessionRecord& record = state_.sessions[*id].record;
    if (record.organization != query.organization || record.caller != query.caller) continue;
    begun = begun || (!is_there && record.created_at <= query.before_created_at);
    if (static_cast<int>(ids.size()) == query.limit) break;
    if (begun) ids.push_back(*id);
    begun = begun || *id == query.before;
  }
  return ids;
}

absl::Status MemorySessionShelf::set_ended(const std::string& id) {
  const MutexLock guard(state_.mutex);
  FOCUS_ASSIGN_OR_RETURN(MemoryState::Session* const session, state_.find_locked(id));
  if (!session->record.ended) state_.tell_locked({MessageKind::session_ended, id});
  session->record.ended = true;
  ++session->revision;
  return absl::OkStatus();
}

absl::Status MemorySessionShelf::set_stopped_cap(const std::string& id) {
  const MutexLock guard(state_.mutex);
  FOCUS_ASSIGN_OR_RETURN(MemoryState::Session* const session, state_.find_locked(id));
  if (!session->record.stopped_cap) state_.tell_locked({MessageKind::session_stopped, id});
  session->record.stopped_cap = true;
  ++session->revision;
  return absl::OkStatus();
}

absl::Status MemorySessionShelf::add_change(const std::string& id, int number,
                                            const plan::Change& change, int first_gone) {
  const MutexLock guard(state_.mutex);
  FOCUS_ASSIGN_OR_RETURN(MemoryState::Session* const session, state_.find_locked(id));
  FOCUS_RETURN_IF_ERROR(MemoryState::check_changes(*session, number));
  session->record.history.push_back(change);
  session->segments.erase(session->segments.lower_bound(first_gone), session->segments.end());
  session->claims.erase(session->claims.lower_bound(first_gone), session->claims.end());
  ++session->revision;
  state_.tell_locked({MessageKind::session_steered, id, first_gone});
  for (MemoryState::Track& track : state_.tracks) {
    const bool gone = track.record.session_id == id && track.record.segment_index >= first_gone;
    track.segment_gone = track.segment_gone || gone;
  }
  return absl::OkStatus();
}

absl::Status MemorySessionShelf::remove(const std::string& id) {
  const MutexLock guard(state_.mutex);
  state_.tell_locked({MessageKind::session_deleted, id});
  if (state_.sessions.erase(id) == 0) return no_session(id);
  std::erase(state_.order, id);
  return absl::OkStatus();
}

absl::Status MemorySessionShelf::touch(const std::string& id, std::int64_t unix_seconds) {
  const MutexLock guard(state_.mutex);
  const auto found = state_.sessions.find(id);
  if (found != state_.sessions.end()) found->second.touched_at = unix_seconds;
  return absl::OkStatus();
}

absl::StatusOr<std::vector<std::string>> MemorySessionShelf::untouched_since(
    std::int64_t unix_seconds) {
  const MutexLock guard(state_.mutex);
  std::vector<std::string> ids;
  for (const std::string& id : state_.order) {
    if (state_.sessions[id].touched_at < unix_seconds) ids.push_back(id);
  }
  return ids;
}

absl::StatusOr<std::int64_t> MemorySessionShelf::revision(const std::string& id) {
  const MutexLock guard(state_.mutex);
  FOCUS_ASSIGN_OR_RETURN(const MemoryState::Session* session, state_.find_locked(id));
  return session->revision;
}

}  // namespace focus::core::store
