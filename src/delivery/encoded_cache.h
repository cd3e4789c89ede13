// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <functional>
#include <list>
#include <memory>
#include <string>

#include <absl/status/statusor.h>

#include "base/mutex.h"
#include "store/audio_bytes.h"

namespace focus::core::delivery {

/// What was encoded last, so that a client that reads a segment in ranges does not have it encoded
/// again for each range. Bounded. Thread-safe.
class EncodedCache {
 public:
  static constexpr std::int64_t kMostBytes = std::int64_t{64} << 20;
  explicit EncodedCache(std::int64_t most_bytes = kMostBytes) : most_bytes_(most_bytes) {}

  using Audio = std::shared_ptr<const store::AudioBytes>;
  using Encode = std::function<absl::StatusOr<Audio>()>;
  /// What is kept under `key`, or else what `encode` returns, which is kept then. A caller that
  /// asks for what another thread is encoding waits for that thread. No mutex is held over
  /// `encode`. An error is not kept.
  absl::StatusOr<Audio> get(const std::string& key, const Encode& encode);

 private:
  struct Entry {
    std::string key;
    bool is_encoding = false;
    int users = 0;  // calls of get() that have not returned
    Audio audio;
  };
  /// A call of get(): ends the encoding, whether it succeeded or threw, and lets the entry go.
  class Turn;

  std::shared_ptr<Entry> use_locked(const std::string& key) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  void trim_locked() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);

  const std::int64_t most_bytes_;
  Mutex mutex_;
  CondVar encoded_;
  std::list<std::shared_ptr<Entry>> entries_ ABSL_GUARDED_BY(mutex_);  // the one used last first
};

}  // namespace focus::core::delivery
