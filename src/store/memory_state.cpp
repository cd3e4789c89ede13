// SPDX-License-Identifier: MIT
#include "store/memory_state.h"

#include <algorithm>

#include "base/error.h"

namespace focus::core::store {

absl::StatusOr<MemoryState::Session*> MemoryState::find_locked(const std::string& id) {
  const auto found = sessions.find(id);
  if (found != sessions.end()) return &found->second;
  return no_session(id);
}

MemoryState::Answer* MemoryState::find_answer_locked(const RequestKey& key) {
  const auto found = std::find_if(answers.begin(), answers.end(),
                                  [&key](const Answer& one) { return one.key == key; });
  return found == answers.end() ? nullptr : &*found;
}

void MemoryState::tell_locked(const Happening& happening) noexcept {
  try {
    const auto choice = receivers.choice();
    const auto session = sessions.find(happening.session_id);
    if (!choice || session == sessions.end()) return;
    const std::int64_t now = choice->clock->unix_seconds();
    const SessionRecord& record = session->second.record;
    for (const std::string& address : choice->addresses) {
      messages.push_back(
          {{last_message + 1, address, happening, record.organization, record.caller, now, 0},
           now});
      ++last_message;
      if (static_cast<std::int64_t>(messages.size()) > MessageShelf::kMostMessages) {
        messages.pop_front();
      }
    }
    receivers.ring();
  } catch (...) {  // no memory: what has happened counts, and is not told
  }
}

absl::Status MemoryState::check_changes(const Session& session, int known) {
  const int changes = static_cast<int>(session.record.history.size());
  return changes == known ? absl::OkStatus() : steered_meanwhile(changes, known);
}

absl::Status MemoryState::check_claim(const Session& session, int index, std::int64_t epoch) {
  const auto claim = session.claims.find(index);
  if (claim != session.claims.end() && claim->second.epoch == epoch) return absl::OkStatus();
  return claim_lost(index);
}

}  // namespace focus::core::store
