// SPDX-License-Identifier: MIT
#include "session/encoded_cache.h"

#include <algorithm>
#include <utility>

namespace focus::core {

std::shared_ptr<EncodedCache::Entry> EncodedCache::use(const std::string& key) {
  const std::lock_guard guard(mutex_);
  const auto known = std::find_if(entries_.begin(), entries_.end(),
                                  [&](const auto& entry) { return entry->key == key; });
  if (known != entries_.end()) {
    entries_.splice(entries_.begin(), entries_, known);
  } else {
    entries_.push_front(std::make_shared<Entry>());
    entries_.front()->key = key;
  }
  return entries_.front();
}

absl::StatusOr<std::shared_ptr<const AudioBytes>> EncodedCache::get(const std::string& key,
                                                                    const Encode& encode) {
  const std::shared_ptr<Entry> entry = use(key);
  const std::lock_guard one_at_a_time(entry->encoding);
  if (!entry->audio) {
    auto audio = encode();
    if (!audio.ok()) return audio.status();
    const std::lock_guard guard(mutex_);
    entry->audio = *std::move(audio);
    trim_locked();
  }
  return entry->audio;
}

/// Keeps the newest whatever its size, and what somebody is about to encode.
void EncodedCache::trim_locked() {
  std::int64_t total = 0;
  for (auto at = entries_.begin(); at != entries_.end();) {
    const Entry& entry = **at;
    const bool failed = !entry.audio && at->use_count() == 1;
    if (entry.audio) total += entry.audio->size();
    const bool over = entry.audio && total > most_bytes_ && at != entries_.begin();
    at = failed || over ? entries_.erase(at) : std::next(at);
  }
}

}  // namespace focus::core
