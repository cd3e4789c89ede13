// SPDX-License-Identifier: MIT
#include "rest/access.h"

#include <algorithm>
#include <cstring>
#include <sodium.h>
#include <utility>

#include <absl/strings/ascii.h>
#include <absl/strings/match.h>
#include <absl/strings/str_cat.h>

#include "base/error.h"
#include "base/hex.h"
#include "rest/shared_access.h"

namespace focus::core::rest {
namespace {

constexpr std::string_view kKeyPrefix = "fsk_";
constexpr std::size_t kKeyBytes = 32;
constexpr std::size_t kLongestKey = 512;
constexpr std::size_t kLongestName = 128;

absl::Status check_name(const char* field, const std::string& name) {
  const bool plain = std::all_of(name.begin(), name.end(), [](char c) {
    return absl::ascii_isalnum(static_cast<unsigned char>(c)) || c == '_' || c == '-';
  });
  if (plain && !name.empty() && name.size() <= kLongestName) return absl::OkStatus();
  return invalid_field(
      field, absl::StrCat("must be 1 to ", kLongestName, " letters, digits, '_' and '-'"));
}

/// Returns the key of a request, or "" if it has none.
std::string_view key_of(const HttpRequest& request) {
  if (const auto key = request.header("X-API-Key"); key && !key->empty()) return *key;
  constexpr std::string_view kScheme = "Bearer ";
  const std::string_view given = request.header("Authorization").value_or("");
  if (given.size() <= kScheme.size()) return {};
  const std::string_view scheme = given.substr(0, kScheme.size());
  if (!absl::EqualsIgnoreCase({scheme.data(), scheme.size()}, {kScheme.data(), kScheme.size()})) {
    return {};
  }
  const std::size_t first = given.find_first_not_of(' ', kScheme.size());
  return first == std::string_view::npos ? std::string_view() : given.substr(first);
}

}  // namespace

KeyHash hash_of_key(std::string_view key) {
  KeyHash hash;
  crypto_generichash(hash.data(), hash.size(), reinterpret_cast<const unsigned char*>(key.data()),
                     key.size(), nullptr, 0);
  return hash;
}

std::string to_hex(const KeyHash& hash) { return hex_of(hash.data(), hash.size()); }

absl::StatusOr<KeyHash> key_hash_from_hex(std::string_view hex) {
  KeyHash hash;
  if (bytes_of_hex(hex, hash.data(), hash.size())) return hash;
  return invalid_field("hash",
                       "must be 64 hexadecimal digits, as focus_access_key_hash gives them");
}

std::string draw_key(Entropy& entropy) {
  std::array<unsigned char, kKeyBytes> bytes{};
  entropy.fill(bytes.data(), bytes.size());
  std::string key(kKeyPrefix);
  key += hex_of(bytes.data(), bytes.size());
  sodium_memzero(bytes.data(), bytes.size());
  return key;
}

std::uint64_t Access::beginning_of(const KeyHash& hash) {
  std::uint64_t beginning = 0;
  std::memcpy(&beginning, hash.data(), sizeof(beginning));
  return beginning;
}

Access::Keys::const_iterator Access::find_in(const Keys& keys, const KeyHash& hash) {
  const auto [begin, end] = keys.equal_range(beginning_of(hash));
  const auto found = std::find_if(begin, end, [&](const auto& entry) {
    return sodium_memcmp(entry.second->hash.data(), hash.data(), hash.size()) == 0;
  });
  return found == end ? keys.end() : found;
}

Access::Keys::iterator Access::find_in(Keys& keys, const KeyHash& hash) {
  const Keys::const_iterator found = find_in(std::as_const(keys), hash);
  return keys.erase(found,
                    found);  // erases nothing: the same place, as an iterator that may change it
}

namespace {

absl::Status check(const Caller& caller) {
  FOCUS_RETURN_IF_ERROR(check_name("caller", caller.name));
  if (caller.organizations.empty()) {
    return invalid_field("organizations", "must name one at least");
  }
  for (const std::string& organization : caller.organizations) {
    FOCUS_RETURN_IF_ERROR(check_name("organizations", organization));
  }
  for (const std::string& capability : caller.capabilities) {
    FOCUS_RETURN_IF_ERROR(check_name("capabilities", capability));
  }
  const int limit = caller.requests_per_minute.value_or(1);
  if (limit != Caller::kNoRateLimit && (limit < 1 || limit > 1'000'000)) {
    return invalid_field("requests_per_minute",
                         absl::StrCat("must be 1 to 1000000, 0 for the service's, or -1 for no "
                                      "limit, not ",
                                      limit));
  }
  return absl::OkStatus();
}

}  // namespace

absl::Status Access::add(Caller caller) {
  if (caller.name.empty()) caller.name = to_hex(caller.hash);
  FOCUS_RETURN_IF_ERROR(check(caller));
  if (shelf_ != nullptr) FOCUS_RETURN_IF_ERROR(shelf_->put(record_of(caller)));
  return keep(std::move(caller));
}

absl::Status Access::keep(Caller caller) {
  FOCUS_RETURN_IF_ERROR(check(caller));
  const MutexLock guard(mutex_);
  const auto known = find_in(keys_, caller.hash);
  if (known != keys_.end()) {
    caller.passed = known->second->passed;  // a change must not reset the rate limit
    known->second = std::make_shared<const Caller>(std::move(caller));
  } else {
    const std::uint64_t beginning = beginning_of(caller.hash);
    keys_.emplace(beginning, std::make_shared<const Caller>(std::move(caller)));
  }
  return absl::OkStatus();
}

absl::Status Access::remove(const KeyHash& hash) {
  if (shelf_ == nullptr) return forget(hash);
  FOCUS_RETURN_IF_ERROR(shelf_->remove(to_hex(hash)));
  forget(hash).IgnoreError();  // another node may have removed it, or added it just now
  return absl::OkStatus();
}

std::vector<std::shared_ptr<const Caller>> Access::all() const {
  const MutexLock guard(mutex_);
  std::vector<std::shared_ptr<const Caller>> callers;
  for (const auto& [beginning, caller] : keys_) callers.push_back(caller);
  return callers;
}

absl::Status Access::forget(const KeyHash& hash) {
  const MutexLock guard(mutex_);
  const auto known = find_in(keys_, hash);
  if (known == keys_.end()) {
    return not_found("hash", "no key has it");
  }
  keys_.erase(known);
  return absl::OkStatus();
}

std::shared_ptr<const Caller> Access::caller_of(const HttpRequest& request) const {
  const std::string_view key = key_of(request);
  if (key.empty() || key.size() > kLongestKey) return nullptr;
  const KeyHash hash = hash_of_key(key);
  const MutexLock guard(mutex_);
  const auto known = find_in(keys_, hash);
  return known == keys_.end() ? nullptr : known->second;
}

}  // namespace focus::core::rest
