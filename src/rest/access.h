// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include <absl/status/status.h>
#include <absl/status/statusor.h>

#include "base/entropy.h"
#include "base/mutex.h"
#include "rest/http.h"
#include "rest/rate_limit.h"
#include "store/access_key_shelf.h"

namespace focus::core::rest {

inline constexpr std::string_view kGenerateCapability = "USE_MUSIC_GENERATION";
/// For the money of all organizations in /metrics.
inline constexpr std::string_view kMetricsCapability = "READ_METRICS";

/// The identity of an access key: the BLAKE2b-256 hash of its text.
using KeyHash = std::array<unsigned char, 32>;
KeyHash hash_of_key(std::string_view key);
/// The hash as 64 hexadecimal digits, and the inverse. The error names the field "hash".
std::string to_hex(const KeyHash& hash);
absl::StatusOr<KeyHash> key_hash_from_hex(std::string_view hex);

/// Draws a new key: "fsk_" and 256 random bits in hexadecimal.
std::string draw_key(Entropy& entropy);

/// The owner of an access key, and what the key permits.
struct Caller {
  KeyHash hash{};
  std::string name;  ///< the owner of sessions and tracks: requests see those with the same name
  std::set<std::string, std::less<>> organizations;
  std::set<std::string, std::less<>> capabilities;
  std::optional<int> requests_per_minute;  ///< absent: the service's limit; or kNoRateLimit
  static constexpr int kNoRateLimit = -1;

  /// The requests of the last minute, shared by all copies.
  std::shared_ptr<RateLimit> passed = std::make_shared<RateLimit>();

  bool belongs_to(std::string_view organization) const {
    return organizations.contains(organization);
  }
  bool may(std::string_view capability) const { return capabilities.contains(capability); }
};

/// The access keys that are accepted. Only their hashes are stored. Thread-safe.
class Access {
 public:
  /// `shelf`: where the nodes of a cluster keep their keys, which outlives it; null where a process
  /// is alone.
  explicit Access(store::AccessKeyShelf* shelf = nullptr) : shelf_(shelf) {}

  /// Adds a key, or changes the permissions of a known one. Names and organizations consist of
  /// letters, digits, '_' and '-'; the error names the field.
  /// In a cluster it is added for all nodes.
  absl::Status add(Caller caller);
  absl::Status remove(const KeyHash& hash);
  /// The same, on this node alone: the cluster has it already.
  absl::Status keep(Caller caller);
  absl::Status forget(const KeyHash& hash);
  std::vector<std::shared_ptr<const Caller>> all() const;

  /// Returns the owner of the key in a request (`X-API-Key: KEY` or `Authorization: Bearer KEY`),
  /// or null if the request has no known key.
  std::shared_ptr<const Caller> caller_of(const HttpRequest& request) const;

 private:
  // Indexed by the first bytes of the hash. The time of this lookup may reveal these bytes, but
  // nobody can choose a key with a given hash. The whole hash is then compared in constant time.
  static std::uint64_t beginning_of(const KeyHash& hash);
  using Keys = std::multimap<std::uint64_t, std::shared_ptr<const Caller>>;
  /// The key's entry, or keys.end(). The second returns a place that may be changed.
  static Keys::const_iterator find_in(const Keys& keys, const KeyHash& hash);
  static Keys::iterator find_in(Keys& keys, const KeyHash& hash);

  store::AccessKeyShelf* const shelf_;
  mutable Mutex mutex_;
  Keys keys_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace focus::core::rest
