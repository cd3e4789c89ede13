// SPDX-License-Identifier: MIT
#include "rest/webhook_secret.h"

#include <array>
#include <sodium.h>

#include <absl/strings/str_cat.h>
#include <absl/strings/str_split.h>

#include "base/error.h"

namespace focus::core::rest {
namespace {

constexpr std::string_view kPrefix = "whsec_";
constexpr std::size_t kGeneratedBytes = 32;

std::string base64_of(std::string_view bytes) {
  std::string text(sodium_base64_ENCODED_LEN(bytes.size(), sodium_base64_VARIANT_ORIGINAL), '\0');
  sodium_bin2base64(text.data(), text.size(), reinterpret_cast<const unsigned char*>(bytes.data()),
                    bytes.size(), sodium_base64_VARIANT_ORIGINAL);
  text.pop_back();  // the zero byte
  return text;
}

absl::StatusOr<std::string> key_of(std::string_view text) {
  const auto refuse = [] {
    return invalid_field(
        "secret", absl::StrCat("must be whsec_ and the base64 of ", WebhookSecret::kFewestBytes,
                               " to ", WebhookSecret::kMostBytes, " bytes"));
  };
  if (text.substr(0, kPrefix.size()) != kPrefix) return refuse();
  text.remove_prefix(kPrefix.size());
  std::string bytes(WebhookSecret::kMostBytes, '\0');
  std::size_t length = 0;
  const int read =
      sodium_base642bin(reinterpret_cast<unsigned char*>(bytes.data()), bytes.size(), text.data(),
                        text.size(), nullptr, &length, nullptr, sodium_base64_VARIANT_ORIGINAL);
  if (read != 0 || length < WebhookSecret::kFewestBytes) return refuse();
  bytes.resize(length);
  return bytes;
}

}  // namespace

absl::StatusOr<WebhookSecret> WebhookSecret::read(std::string_view text) {
  WebhookSecret secret;
  for (const std::string& one : std::vector<std::string>(
           absl::StrSplit(absl::string_view(text.data(), text.size()), ' ', absl::SkipEmpty()))) {
    FOCUS_ASSIGN_OR_RETURN(secret.keys_.emplace_back(), key_of(one));
  }
  if (secret.keys_.empty() || secret.keys_.size() > kMostSecrets) {
    return invalid_field("secret", "must be one secret, or two with a space between them");
  }
  return secret;
}

std::string WebhookSecret::generate(Entropy& entropy) {
  std::string bytes(kGeneratedBytes, '\0');
  entropy.fill(bytes.data(), bytes.size());
  return absl::StrCat(std::string(kPrefix), base64_of(bytes));
}

std::string WebhookSecret::sign(std::string_view id, std::int64_t timestamp,
                                std::string_view body) const {
  const std::string signed_text =
      std::string(id).append(".").append(absl::StrCat(timestamp)).append(".").append(body);
  std::string signatures;
  for (const std::string& key : keys_) {
    std::array<unsigned char, crypto_auth_hmacsha256_BYTES> mac;
    crypto_auth_hmacsha256_state state;
    crypto_auth_hmacsha256_init(&state, reinterpret_cast<const unsigned char*>(key.data()),
                                key.size());
    crypto_auth_hmacsha256_update(
        &state, reinterpret_cast<const unsigned char*>(signed_text.data()), signed_text.size());
    crypto_auth_hmacsha256_final(&state, mac.data());
    const std::string_view bytes(reinterpret_cast<const char*>(mac.data()), mac.size());
    absl::StrAppend(&signatures, signatures.empty() ? "v1," : " v1,", base64_of(bytes));
  }
  return signatures;
}

}  // namespace focus::core::rest
