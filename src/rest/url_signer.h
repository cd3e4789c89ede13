// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <optional>
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

namespace focus::core {

/// Signs the URLs of audio: HMAC-SHA256 (RFC 2104, FIPS 180-4) over method, path, expiry and the
/// id of the key, with a key of the store. Two keys are valid at once: the newest signs, and the
/// one before it is still believed. Several services may share the keys: a key that this one does
/// not know is looked for among the store's, once a second at most. Thread-safe.
class UrlSigner {
 public:
  UrlSigner(UrlKeyShelf& shelf, const Clock& clock, Entropy& entropy)
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
  /// signed for. kUnauthenticated says why not.
  absl::Status check(const Target& target);

  /// From now on a new key signs. Where another service has added one meanwhile, it is that one.
  absl::Status rotate();

 private:
  /// The keys as they were loaded last, or as they are now where `anew`.
  absl::StatusOr<std::vector<UrlKey>> keys(bool anew);
  /// Whether the keys were loaded so recently that a key among them is not looked for again.
  bool are_fresh();
  absl::StatusOr<std::vector<UrlKey>> rotate_from(const std::vector<UrlKey>& keys);

  UrlKeyShelf& shelf_;
  const Clock& clock_;
  Entropy& entropy_;
  Mutex mutex_;                                              // never held while the shelf is asked
  std::optional<double> loaded_at_ ABSL_GUARDED_BY(mutex_);  // steady seconds
  std::vector<UrlKey> keys_ ABSL_GUARDED_BY(mutex_);         // newest first, two at most
};

}  // namespace focus::core
