// SPDX-License-Identifier: MIT
#include "store/memory_answer_shelf.h"

namespace focus::core::store {

absl::StatusOr<KeptAnswer> MemoryAnswerShelf::begin(const RequestKey& key,
                                                    const std::string& digest, std::int64_t now) {
  const MutexLock guard(state_.mutex);
  std::erase_if(state_.answers, [now](const MemoryState::Answer& one) {
    return one.answer.begun_at <= now - kKeptSeconds;
  });
  if (const MemoryState::Answer* known = state_.find_answer_locked(key)) return known->answer;
  MemoryState::Answer& added = state_.answers.emplace_back();
  added.key = key;
  added.answer.digest = digest;
  added.answer.begun_at = now;
  return added.answer;
}

absl::Status MemoryAnswerShelf::keep(const RequestKey& key, int status, const std::string& body) {
  const MutexLock guard(state_.mutex);
  MemoryState::Answer* const known = state_.find_answer_locked(key);
  if (known == nullptr) return absl::OkStatus();
  known->answer.status = status;
  known->answer.body = body;
  bound_locked(key);
  return absl::OkStatus();
}

void MemoryAnswerShelf::bound_locked(const RequestKey& key) {
  int answers = 0;
  std::int64_t bytes = 0;
  // From the newest on: all that go are older than those that stay.
  for (auto one = state_.answers.end(); one != state_.answers.begin();) {
    --one;
    if (one->key.organization != key.organization || one->key.caller != key.caller) continue;
    ++answers;
    bytes += static_cast<std::int64_t>(one->answer.body.size());
    if (answers > kMostAnswers || bytes > kMostBytes) one = state_.answers.erase(one);
  }
}

absl::Status MemoryAnswerShelf::forget(const RequestKey& key) {
  const MutexLock guard(state_.mutex);
  std::erase_if(state_.answers, [&key](const MemoryState::Answer& one) { return one.key == key; });
  return absl::OkStatus();
}

}  // namespace focus::core::store
