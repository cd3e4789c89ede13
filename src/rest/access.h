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

#include <absl/status/status.h>
#include <absl/status/statusor.h>

#include "base/entropy.h"
#include "base/mutex.h"
#include "rest/http.h"
#include "rest/rate_limit.h"

namespace focus::core {

inline constexpr std::string_view kGenerateCapability = "USE_MUSIC_GENERATION";

/// What an access key is known by: BLAKE2b-256 of its text.
using KeyHash = std::array<unsigned char, 32>;
KeyHash hash_of_key(std::string_view key);
/// As 64 hexadecimal digits, and back; the error names the field "hash".
std::string to_hex(const KeyHash& hash);
absl::StatusOr<KeyHash> key_hash_from_hex(std::string_view hex);

/// "fsk_" and 256 random bits.
std::string draw_key(Entropy& entropy);

/// Who is behind a request, and what they may do.
struct Caller {
  KeyHash hash{};
  std::string name;  ///< whose sessions and tracks it sees
  std::set<std::string, std::less<>> organizations;
  std::set<std::string, std::less<>> capabilities;
  std::optional<int> requests_per_minute;  ///< absent: the service's; kNoRateLimit
  static constexpr int kNoRateLimit = -1;

  /// Requests of the last minute; shared by all copies.
  std::shared_ptr<RateLimit> passed = std::make_shared<RateLimit>();

  bool belongs_to(std::string_view organization) const {
    return organizations.contains(organization);
  }
  bool may(std::string_view capability) const { return capabilities.contains(capability); }
};

/// The keys that are let in. Only their hashes are known. Thread-safe.
class Access {
 public:
  /// Lets a key in, or changes what a known one may do. Names and organizations are made of
  /// letters, digits, '_' and '-'; the error names the field.
  absl::Status add(Caller caller);
  absl::Status remove(const KeyHash& hash);

  /// The caller whose key a request brings, as `X-API-Key: KEY` or `Authorization: Bearer KEY`;
  /// null where it brings none that is known.
  std::shared_ptr<const Caller> caller_of(const HttpRequest& request) const;

 private:
  // A multimap by the hash's first bytes: to look these up tells nobody anything of a key, since
  // nobody can choose a key by its hash. The rest is compared in constant time.
  static std::uint64_t beginning_of(const KeyHash& hash);
  using Keys = std::multimap<std::uint64_t, std::shared_ptr<const Caller>>;
  /// The key's entry, or keys.end(). The second returns a place that may be changed.
  static Keys::const_iterator find_in(const Keys& keys, const KeyHash& hash);
  static Keys::iterator find_in(Keys& keys, const KeyHash& hash);

  mutable Mutex mutex_;
  Keys keys_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace focus::core
