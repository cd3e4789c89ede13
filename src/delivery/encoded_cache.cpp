// SPDX-License-Identifier: MIT
#include "delivery/encoded_cache.h"

#include <algorithm>
#include <iterator>
#include <utility>

namespace focus::core::delivery {

class EncodedCache::Turn {
 public:
  Turn(EncodedCache& cache, const std::string& key) : cache_(cache) {
    const MutexLock lock(cache_.mutex_);
    entry_ = cache_.use_locked(key);
    ++entry_->users;
    while (entry_->is_encoding) cache_.encoded_.wait(cache_.mutex_);
    audio_ = entry_->audio;
    encodes_ = !audio_;
    if (encodes_) entry_->is_encoding = true;
  }
  Turn(const Turn&) = delete;
  Turn& operator=(const Turn&) = delete;
  ~Turn() {
    {
      const MutexLock lock(cache_.mutex_);
      --entry_->users;
      if (encodes_) {
        entry_->is_encoding = false;
        entry_->audio = std::move(audio_);
      }
      cache_.trim_locked();
    }
    if (encodes_) cache_.encoded_.notify_all();
  }
  /// What was encoded already; null where this call has to encode.
  const Audio& audio() const { return audio_; }
  void succeed(Audio audio) { audio_ = std::move(audio); }

 private:
  EncodedCache& cache_;
  std::shared_ptr<Entry> entry_;
  Audio audio_;
  bool encodes_ = false;
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
  Turn turn(*this, key);
  if (turn.audio()) return turn.audio();
  absl::StatusOr<Audio> audio = encode();
  if (audio.ok()) turn.succeed(*audio);
  return audio;
}

/// Keeps the entry used last, whatever its size, and those that a call is about to use.
void EncodedCache::trim_locked() {
  std::int64_t total = 0;
  for (auto at = entries_.begin(); at != entries_.end();) {
    const Entry& entry = **at;
    const bool has_failed = !entry.audio && entry.users == 0;
    if (entry.audio) total += entry.audio->size();
    const bool is_over = entry.audio && total > most_bytes_ && at != entries_.begin();
    at = has_failed || is_over ? entries_.erase(at) : std::next(at);
  }
}

}  // namespace focus::core::delivery
