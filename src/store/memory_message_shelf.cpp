// SPDX-License-Identifier: MIT
#include "store/memory_message_shelf.h"

#include <algorithm>
#include <utility>

namespace focus::core::store {

absl::Status MemoryMessageShelf::set_addresses(std::vector<std::string> addresses,
                                               const Clock& clock) {
  const MutexLock guard(state_.mutex);
  std::erase_if(state_.messages, [&](const MemoryState::Waiting& one) {
    return std::find(addresses.begin(), addresses.end(), one.message.address) == addresses.end();
  });
  state_.receivers.choose(std::move(addresses), clock);
  return absl::OkStatus();
}

absl::Status MemoryMessageShelf::add(const Happening& happening) {
  const MutexLock guard(state_.mutex);
  state_.tell_locked(happening);
  return absl::OkStatus();
}

absl::Status MemoryMessageShelf::add_complete(const std::string& session_id, int changes) {
  const MutexLock guard(state_.mutex);
  const auto found = state_.sessions.find(session_id);
  if (found == state_.sessions.end() || found->second.told_complete >= changes) {
    return absl::OkStatus();
  }
  found->second.told_complete = changes;
  state_.tell_locked({MessageKind::session_complete, session_id});
  return absl::OkStatus();
}

absl::StatusOr<std::optional<Message>> MemoryMessageShelf::take(std::int64_t now,
                                                                std::int64_t until) {
  const MutexLock guard(state_.mutex);
  const auto first = std::min_element(
      state_.messages.begin(), state_.messages.end(),
      [](const auto& one, const auto& other) { return one.due_at < other.due_at; });
  if (first == state_.messages.end() || first->due_at > now) return std::optional<Message>();
  first->due_at = until;
  ++first->message.attempts;
  return std::optional(first->message);
}

absl::Status MemoryMessageShelf::remove(std::int64_t number) {
  const MutexLock guard(state_.mutex);
  std::erase_if(state_.messages,
                [number](const MemoryState::Waiting& one) { return one.message.number == number; });
  return absl::OkStatus();
}

absl::Status MemoryMessageShelf::put_off(std::int64_t number, std::int64_t due_at) {
  const MutexLock guard(state_.mutex);
  for (MemoryState::Waiting& one : state_.messages) {
    if (one.message.number == number) one.due_at = due_at;
  }
  return absl::OkStatus();
}

absl::StatusOr<std::int64_t> MemoryMessageShelf::count() {
  const MutexLock guard(state_.mutex);
  return static_cast<std::int64_t>(state_.messages.size());
}

}  // namespace focus::core::store
