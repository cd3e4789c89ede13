// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <absl/status/status.h>
#include <absl/status/statusor.h>

#include "base/clock.h"
#include "base/entropy.h"
#include "base/mutex.h"
#include "rest/target.h"
#include "store/url_key_shelf.h"

namespace focus::core::rest {

/// Signs the URLs of audio: HMAC-SHA256 (RFC 2104, FIPS 180-4) over method, path, expiry and the
/// id of the key, with a key of the store. Two keys are valid at once: the newest signs, and the
/// one before it is still believed. Thread-safe.
class UrlSigner {
 public:
  UrlSigner(store::UrlKeyShelf& shelf, const Clock& clock, Entropy& entropy)
      : shelf_(shelf), clock_(clock), entropy_(entropy) {}

  /// How to sign at one moment: so that all URLs of an answer expire together.
  class Pen {
   public:
    /// "?expires=UNIX&key_id=ID&signature=HEX", to be put behind `path`.
    std::string query_for(std::string_view path) const;

   private:
    friend class UrlSigner;
    std::string key_id_;
    std::string expires_;
    std::vector<unsigned char> prepared_;  // HMAC's state once it has taken in the key
  };
  /// URLs live for `life_seconds`. A key older than `key_life_seconds` is replaced first, but none
  /// that is younger than its URLs may become: they would die with the second key after theirs.
  absl::StatusOr<Pen> pen(int life_seconds, int key_life_seconds);

  /// Whether the target was signed by us and has not expired; HEAD is covered by what GET was
  /// signed for. Fault::argument says why not.
  absl::Status check(const Target& target);

  /// Adds a new key, which signs from now on; or takes the key that another service has added
  /// meanwhile.
  absl::Status rotate();

 private:
  using Keys = std::vector<store::UrlKey>;  // newest first, two at most

  /// The keys as they were read last; read now where they never were. The mutex is never held over
  /// the store.
  absl::StatusOr<std::shared_ptr<const Keys>> keys();
  absl::StatusOr<std::shared_ptr<const Keys>> reload();
  absl::StatusOr<std::shared_ptr<const Keys>> keys_with(std::string_view key_id);
  absl::StatusOr<std::shared_ptr<const Keys>> add_key(const Keys& known);

  store::UrlKeyShelf& shelf_;
  const Clock& clock_;
  Entropy& entropy_;
  Mutex mutex_;
  std::shared_ptr<const Keys> keys_ ABSL_GUARDED_BY(mutex_);  // null until they were read
  std::int64_t readings_begun_ ABSL_GUARDED_BY(mutex_) = 0;
  std::int64_t reading_kept_ ABSL_GUARDED_BY(mutex_) = 0;  // which of them keys_ is from
  double read_at_ ABSL_GUARDED_BY(mutex_) = 0.0;           // in steady seconds
};

}  // namespace focus::core::rest
