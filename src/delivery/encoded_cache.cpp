// SPDX-License-Identifier: MIT
#include "delivery/encoded_cache.h"

#include <algorithm>
#include <iterator>
#include <utility>

namespace focus::core::delivery {

class EncodedCache::Turn {
 public:
  Turn(EncodedCache& cache, Entry& entry) : cache_(cache), entry_(entry) {}
  Turn(const Turn&) = delete;
  Turn& operator=(const Turn&) = delete;
  ~Turn() {
    {
      const MutexLock lock(cache_.mutex_);
      entry_.is_encoding = false;
      entry_.audio = std::move(audio_);
      cache_.trim_locked();
    }
    cache_.encoded_.notify_all();
  }
  void succeed(Audio audio) { audio_ = std::move(audio); }

 private:
  EncodedCache& cache_;
  Entry& entry_;
  Audio audio_;
};

std::shared_ptr<EncodedCache::Entry> EncodedCache::use_locked(const std::string& key) {
  auto known = entries_.begin();
  while (known != entries_.end() && (*known)->key != key) ++known;
  if (known != entries_.end()) {
    entries_.splice(entries_.begin(), entries_, known);
  } else {
    entries_.push_front(std::make_shared<Entry>());
    entries_.front()->key = key;
  }
  return entries_.front();
}

absl::StatusOr<EncodedCache::Audio> EncodedCache::get(const std::string& key,
                                                      const Encode& encode) {
  std::shared_ptr<Entry> entry;
  {
    const MutexLock lock(mutex_);
    entry = use_locked(key);
    while (entry->is_encoding) encoded_.wait(mutex_);
    if (entry->audio) return entry->audio;
    entry->is_encoding = true;
  }
  Turn turn(*this, *entry);
  absl::StatusOr<Audio> audio = encode();
  if (audio.ok()) turn.succeed(*audio);
  return audio;
}

/// Keeps the entry used last, whatever its size, and those that a thread is about to encode.
void EncodedCache::trim_locked() {
  std::int64_t total = 0;
  for (auto at = entries_.begin(); at != entries_.end();) {
    const Entry& entry = **at;
    // Only this list and the thread that has just failed hold it.
    const bool has_failed = !entry.audio && !entry.is_encoding && at->use_count() <= 2;
    if (entry.audio) total += entry.audio->size();
    const bool is_over = entry.audio && total > most_bytes_ && at != entries_.begin();
    at = has_failed || is_over ? entries_.erase(at) : std::next(at);
  }
}

}  // namespace focus::core::delivery
