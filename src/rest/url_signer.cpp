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

namespace focus::core {
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

absl::Status refuse(const char* why) { return absl::UnauthenticatedError(why); }

}  // namespace

std::string UrlSigner::Pen::query_for(std::string_view path) const {
  crypto_auth_hmacsha256_state state;
  std::memcpy(&state, prepared_.data(), sizeof(state));
  const Mac mac = mac_of(state, path, expires_, key_id_);
  return absl::StrCat("?expires=", expires_, "&key_id=", key_id_,
                      "&signature=", hex_of(mac.data(), mac.size()));
}

absl::StatusOr<std::vector<UrlKey>> UrlSigner::keys(bool anew) {
  if (!anew) {
    const MutexLock guard(mutex_);
    if (loaded_at_) return keys_;
  }
  FOCUS_ASSIGN_OR_RETURN(std::vector<UrlKey> keys, shelf_.list());
  const MutexLock guard(mutex_);
  keys_ = keys;
  loaded_at_ = clock_.steady_seconds();
  return keys;
}

bool UrlSigner::are_fresh() {
  const MutexLock guard(mutex_);
  return loaded_at_ && clock_.steady_seconds() - *loaded_at_ < kReloadSeconds;
}

/// Adds a key to `keys`, which were loaded just now, and returns those that are valid from then on.
absl::StatusOr<std::vector<UrlKey>> UrlSigner::rotate_from(const std::vector<UrlKey>& keys) {
  UrlKey key;
  key.id = make_id(kKeyIdPrefix, entropy_);
  key.secret.resize(kUrlSecretBytes);
  entropy_.fill(key.secret.data(), key.secret.size());
  key.created_at = clock_.unix_seconds();
  const absl::Status added = shelf_.add(key, keys.empty() ? "" : keys.front().id);
  // In a conflict somebody else has rotated at the same moment. That key is as new as this one.
  if (!added.ok() && !has_fault(added, Fault::conflict)) return added;
  return this->keys(/*anew=*/true);
}

absl::Status UrlSigner::rotate() {
  FOCUS_ASSIGN_OR_RETURN(const std::vector<UrlKey> now, keys(/*anew=*/true));
  return rotate_from(now).status();
}

absl::StatusOr<UrlSigner::Pen> UrlSigner::pen(int life_seconds, int key_life_seconds) {
  const std::int64_t now = clock_.unix_seconds();
  const auto is_due = [&](const std::vector<UrlKey>& keys) {
    return keys.empty() ||
           now - keys.front().created_at >= std::max(key_life_seconds, life_seconds);
  };
  FOCUS_ASSIGN_OR_RETURN(std::vector<UrlKey> valid, keys(/*anew=*/false));
  // Another service may have rotated since the keys were loaded.
  if (is_due(valid)) {
    FOCUS_ASSIGN_OR_RETURN(valid, keys(/*anew=*/true));
  }
  if (is_due(valid)) {
    FOCUS_ASSIGN_OR_RETURN(valid, rotate_from(valid));
  }
  Pen pen;
  pen.key_id_ = valid.front().id;
  pen.expires_ = absl::StrCat(now + life_seconds);
  const crypto_auth_hmacsha256_state state = state_of(valid.front().secret);
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
    return refuse("The URL is not signed as playback URLs are; fetch its session or track anew");
  }
  std::optional<crypto_auth_hmacsha256_state> state;
  const auto look_among = [&](const std::vector<UrlKey>& keys) {
    for (const UrlKey& key : keys) {
      if (key.id == key_id) state = state_of(key.secret);
    }
  };
  FOCUS_ASSIGN_OR_RETURN(std::vector<UrlKey> valid, keys(/*anew=*/false));
  look_among(valid);
  // Another service may have added the key. Once a second, so that false links cost little.
  if (!state && !are_fresh()) {
    FOCUS_ASSIGN_OR_RETURN(valid, keys(/*anew=*/true));
    look_among(valid);
  }
  if (!state)
    return refuse("The URL was signed with a key that is no longer valid; fetch a new one");
  const Mac right = mac_of(*state, target.path, expires, key_id);
  if (sodium_memcmp(right.data(), given.data(), right.size()) != 0) {
    return refuse("The signature does not fit the URL; use it as it was given");
  }
  if (clock_.unix_seconds() >= until) {
    return refuse("The URL has expired; fetch its session or track anew for a new one");
  }
  return absl::OkStatus();
}

}  // namespace focus::core
