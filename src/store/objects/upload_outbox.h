// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include <absl/status/status.h>
#include <absl/status/statusor.h>

#include "audio/format.h"
#include "base/cancel.h"
#include "base/entropy.h"
#include "base/mutex.h"
#include "store/objects/object_shelf.h"
#include "store/objects/pause.h"

namespace focus::core::store {

struct UploadOutboxOptions {
  std::string folder;  ///< of this outbox alone; made, and readable by its owner alone
  /// How much audio may wait at a time while the storage is away.
  std::int64_t bytes = 1'000'000'000;
  RetryRule retry = {0, 1.0, 30.0};  ///< its attempts do not count: the claim is the bound
  /// While a file waits, the claim is extended at least so often.
  double claim_seconds = 8.0;
};

/// Finished audio files on their way into the shared storage. A segment counts as ready only when
/// every node can read it. So while the storage is away, its file waits here, and the claim of the
/// segment stays with its maker, who extends the claim's lease. What waits has a bound: beyond it
/// no further work is to be begun.
///
/// What a killed process has left is removed when the outbox is opened: its claims have ended or
/// will end, and another claim makes the same audio. Thread-safe.
class UploadOutbox {
 public:
  /// `shelf`, `entropy` and `pause` must outlive the outbox; when `pause` is stopped, uploads that
  /// wait end as cancelled.
  static absl::StatusOr<std::unique_ptr<UploadOutbox>> open(UploadOutboxOptions options,
                                                            ObjectShelf& shelf, Entropy& entropy,
                                                            Pause& pause);

  /// Where the file of an object is to be written before it is sent.
  std::string path_of(const std::string& name) const;

  /// Whether new work may be begun; Fault::unavailable where as much waits as may wait.
  absl::Status check_room() const;

  /// Sends the file at path_of(name), and attempts it again for as long as the storage is away and
  /// `extend_claim` succeeds, which is called before each attempt but the first and in between. In
  /// the end the file is removed, however that went. Blocks. Returns the error of `extend_claim`,
  /// or Fault::cancelled, or what the storage says for good; and Fault::unavailable at once where
  /// the file finds no room to wait.
  absl::Status send(const std::string& name, audio::AudioFormat format,
                    const std::function<absl::Status()>& extend_claim, const CancelToken& cancel);

  struct Figures {
    std::int64_t files = 0;  ///< that wait because the storage is away
    std::int64_t bytes = 0;
  };
  Figures figures() const;

 private:
  UploadOutbox(UploadOutboxOptions options, ObjectShelf& shelf, Entropy& entropy, Pause& pause);
  absl::Status admit(std::int64_t bytes);
  void release(std::int64_t bytes);
  absl::Status wait(double seconds, const std::function<absl::Status()>& extend_claim,
                    const CancelToken& cancel);

  const UploadOutboxOptions options_;
  ObjectShelf& shelf_;
  Entropy& entropy_;
  Pause& pause_;
  mutable Mutex mutex_;
  Figures waiting_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace focus::core::store
