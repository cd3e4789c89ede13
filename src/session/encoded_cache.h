// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <functional>
#include <list>
#include <memory>
#include <mutex>
#include <string>

#include <absl/status/statusor.h>

#include "store/audio_bytes.h"

namespace focus::core {

/// What was encoded last, so that a client that reads a segment in ranges does not have it encoded
/// again for each. Bounded. Thread-safe.
class EncodedCache {
 public:
  static constexpr std::int64_t kMostBytes = std::int64_t{64} << 20;
  explicit EncodedCache(std::int64_t most_bytes = kMostBytes) : most_bytes_(most_bytes) {}

  using Encode = std::function<absl::StatusOr<std::shared_ptr<const AudioBytes>>()>;
  /// What is kept under `key`, or else what `encode` gives, which is kept then. Who asks for what
  /// another is encoding waits for it. An error is not kept.
  absl::StatusOr<std::shared_ptr<const AudioBytes>> get(const std::string& key,
                                                        const Encode& encode);

 private:
  struct Entry {
    std::string key;
    std::mutex encoding;                      // held while it is encoded; taken before mutex_
    std::shared_ptr<const AudioBytes> audio;  // set under both
  };
  std::shared_ptr<Entry> use(const std::string& key);
  void trim_locked();

  const std::int64_t most_bytes_;
  std::mutex mutex_;
  std::list<std::shared_ptr<Entry>> entries_;  // the one used last first
};

}  // namespace focus::core
