// SPDX-License-Identifier: MIT
#include "rest/url_signer.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstring>
#include <optional>
#include <sodium.h>
#include <utility>

#include <absl/strings/str_cat.h>

#include "base/error.h"
#include "base/hex.h"
#include "base/ids.h"

namespace focus::core::rest {
namespace {

constexpr std::string_view kKeyIdPrefix = "uk_";
constexpr double kReloadSeconds = 1.0;

using Mac = std::array<unsigned char, crypto_auth_hmacsha256_BYTES>;

crypto_auth_hmacsha256_state state_of(const std::string& secret) {
  crypto_auth_hmacsha256_state state;
  crypto_auth_hmacsha256_init(&state, reinterpret_cast<const unsigned char*>(secret.data()),
                              secret.size());
  return state;
}

/// What is signed. Line ends keep the parts apart: none of them can hold one.
Mac mac_of(crypto_auth_hmacsha256_state state, std::string_view path, std::string_view expires,
           std::string_view key_id) {
  std::string message;
  for (const std::string_view part : {std::string_view("GET"), path, expires, key_id}) {
    message.append(part).append("\n");
  }
  crypto_auth_hmacsha256_update(&state, reinterpret_cast<const unsigned char*>(message.data()),
                                message.size());
  Mac mac;
  crypto_auth_hmacsha256_final(&state, mac.data());
  return mac;
}

absl::Status refuse(const char* why) { return fault_error(Fault::argument, why); }

}  // namespace

std::string UrlSigner::Pen::query_for(std::string_view path) const {
  crypto_auth_hmacsha256_state state;
  std::memcpy(&state, prepared_.data(), sizeof(state));
  const Mac mac = mac_of(state, path, expires_, key_id_);
  return absl::StrCat("?expires=", expires_, "&key_id=", key_id_,
                      "&signature=", hex_of(mac.data(), mac.size()));
}

absl::StatusOr<std::shared_ptr<const UrlSigner::Keys>> UrlSigner::keys() {
  {
    const MutexLock lock(mutex_);
    if (keys_) return keys_;
  }
  return reload();
}

absl::StatusOr<std::shared_ptr<const UrlSigner::Keys>> UrlSigner::reload() {
  std::int64_t reading = 0;
  {
    const MutexLock lock(mutex_);
    reading = ++readings_begun_;
  }
  FOCUS_ASSIGN_OR_RETURN(Keys read, shelf_.list());
  auto keys = std::make_shared<const Keys>(std::move(read));
  const MutexLock lock(mutex_);
  if (reading < reading_kept_) return keys;  // a reading that began later has returned before
  reading_kept_ = reading;
  keys_ = keys;
  read_at_ = clock_.steady_seconds();
  return keys;
}

/// The keys that a URL signed with `key_id` is checked with. Another service may have added that
/// key since they were read; false URLs cost one reading a second at most.
absl::StatusOr<std::shared_ptr<const UrlSigner::Keys>> UrlSigner::keys_with(
    std::string_view key_id) {
  FOCUS_ASSIGN_OR_RETURN(auto known, keys());
  const bool is_known = std::any_of(known->begin(), known->end(),
                                    [&](const store::UrlKey& key) { return key.id == key_id; });
  if (is_known) return known;
  {
    const MutexLock lock(mutex_);
    if (clock_.steady_seconds() - read_at_ < kReloadSeconds) return known;
    read_at_ = clock_.steady_seconds();
  }
  return reload();
}

/// Adds a key to those that the store had just now, unless another service has done so first: its
/// key is as new.
absl::StatusOr<std::shared_ptr<const UrlSigner::Keys>> UrlSigner::add_key(const Keys& known) {
  store::UrlKey key;
  key.id = make_id(kKeyIdPrefix, entropy_);
  key.secret.resize(store::kUrlSecretBytes);
  entropy_.fill(key.secret.data(), key.secret.size());
  key.created_at = clock_.unix_seconds();
  const absl::Status added = shelf_.add(key, known.empty() ? "" : known.front().id);
  if (!added.ok() && !has_fault(added, Fault::conflict)) return added;
  return reload();
}

absl::Status UrlSigner::rotate() {
  FOCUS_ASSIGN_OR_RETURN(const auto known, reload());
  return add_key(*known).status();
}

absl::StatusOr<UrlSigner::Pen> UrlSigner::pen(int life_seconds, int key_life_seconds) {
  const std::int64_t now = clock_.unix_seconds();
  const std::int64_t most = std::max(key_life_seconds, life_seconds);
  const auto is_due = [&](const Keys& keys) {
    return keys.empty() || now - keys.front().created_at >= most;
  };
  FOCUS_ASSIGN_OR_RETURN(std::shared_ptr<const Keys> keys, this->keys());
  if (is_due(*keys)) {
    FOCUS_ASSIGN_OR_RETURN(keys, reload());  // another service may have rotated
  }
  if (is_due(*keys)) {
    FOCUS_ASSIGN_OR_RETURN(keys, add_key(*keys));
  }
  Pen pen;
  pen.key_id_ = keys->front().id;
  pen.expires_ = absl::StrCat(now + life_seconds);
  const crypto_auth_hmacsha256_state state = state_of(keys->front().secret);
  pen.prepared_.resize(sizeof(state));
  std::memcpy(pen.prepared_.data(), &state, sizeof(state));
  return pen;
}

absl::Status UrlSigner::check(const Target& target) {
  const std::string_view expires = target.parameter("expires").value_or("");
  const std::string_view key_id = target.parameter("key_id").value_or("");
  const std::string_view signature = target.parameter("signature").value_or("");
  Mac given;
  std::int64_t until = 0;
  const auto [end, error] = std::from_chars(expires.data(), expires.data() + expires.size(), until);
  if (error != std::errc() || end != expires.data() + expires.size() ||
      !bytes_of_hex(signature, given.data(), given.size())) {
    return refuse("The URL is not signed as playback URLs are; ask for its session or track again");
  }
  std::optional<crypto_auth_hmacsha256_state> state;
  FOCUS_ASSIGN_OR_RETURN(const auto keys, keys_with(key_id));
  for (const store::UrlKey& key : *keys) {
    if (key.id == key_id) state = state_of(key.secret);
  }
  if (!state)
    return refuse("The URL was signed with a key that is no longer valid; fetch a new one");
  const Mac right = mac_of(*state, target.path, expires, key_id);
  if (sodium_memcmp(right.data(), given.data(), right.size()) != 0) {
    return refuse("The signature does not fit the URL; use it as it was given");
  }
  if (clock_.unix_seconds() >= until) {
    return refuse("The URL has expired; ask for its session or track again for a new one");
  }
  return absl::OkStatus();
}

}  // namespace focus::core::rest
