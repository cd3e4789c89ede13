// SPDX-License-Identifier: MIT
#include "store/objects/s3_signer.h"

#include <algorithm>
#include <array>
#include <map>
#include <sodium.h>

#include <absl/strings/ascii.h>
#include <absl/strings/str_cat.h>
#include <absl/strings/str_join.h>

#include "base/clock.h"
#include "base/hex.h"
#include "store/objects/percent_encoding.h"

namespace focus::core::store {
namespace {

constexpr std::string_view kAlgorithm = "AWS4-HMAC-SHA256";
constexpr std::size_t kDateDigits = 8;  // of "20130524T000000Z"

using Sha256 = std::array<unsigned char, crypto_hash_sha256_BYTES>;

const unsigned char* bytes_of(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

Sha256 hmac(std::string_view key, std::string_view text) {
  Sha256 code{};
  crypto_auth_hmacsha256_state state;
  crypto_auth_hmacsha256_init(&state, bytes_of(key), key.size());
  crypto_auth_hmacsha256_update(&state, bytes_of(text), text.size());
  crypto_auth_hmacsha256_final(&state, code.data());
  return code;
}

std::string_view view_of(const Sha256& hash) {
  return {reinterpret_cast<const char*>(hash.data()), hash.size()};
}

/// "20130524T000000Z"
std::string time_text(std::int64_t now) {
  std::string text = format_utc(now);
  std::erase_if(text, [](char c) { return c == '-' || c == ':'; });
  return text;
}

/// Without the spaces at both ends, and with one space for several.
std::string trimmed(std::string_view value) {
  std::string text(value);
  absl::RemoveExtraAsciiWhitespace(&text);
  return text;
}

/// By lowercase names. Several values of one name are joined in the order in which they came.
std::map<std::string, std::string> canonical_headers(const SignableRequest::Pairs& headers) {
  std::map<std::string, std::string> canonical;
  for (const auto& [name, value] : headers) {
    const auto [place, is_new] =
        canonical.emplace(absl::AsciiStrToLower(trimmed(name)), trimmed(value));
    if (!is_new) absl::StrAppend(&place->second, ",", trimmed(value));
  }
  return canonical;
}

std::string signed_headers(const SignableRequest& request) {
  return absl::StrJoin(canonical_headers(request.headers), ";",
                       [](std::string* text, const auto& header) { *text += header.first; });
}

std::string canonical_request(const SignableRequest& request) {
  std::string headers;
  for (const auto& [name, value] : canonical_headers(request.headers)) {
    absl::StrAppend(&headers, name, ":", value, "\n");
  }
  return absl::StrJoin(
      {request.method, percent_encode(request.path, Slash::kept), canonical_query(request.query),
       headers, signed_headers(request), request.payload_hash},
      "\n");
}

}  // namespace

std::string payload_hash_of(std::string_view body) {
  Sha256 hash{};
  crypto_hash_sha256(hash.data(), bytes_of(body), body.size());
  return hex_of(hash.data(), hash.size());
}

std::string canonical_query(const SignableRequest::Pairs& query) {
  SignableRequest::Pairs encoded;
  encoded.reserve(query.size());
  for (const auto& [name, value] : query) {
    encoded.emplace_back(percent_encode(name, Slash::encoded),
                         percent_encode(value, Slash::encoded));
  }
  std::sort(encoded.begin(), encoded.end());
  return absl::StrJoin(encoded, "&", absl::PairFormatter("="));
}

S3Signer::S3Signer(S3Credentials credentials, std::string region, std::string service)
    : credentials_(std::move(credentials)),
      region_(std::move(region)),
      service_(std::move(service)) {}

S3Signer::~S3Signer() {
  sodium_memzero(credentials_.secret.data(), credentials_.secret.size());
  sodium_memzero(credentials_.token.data(), credentials_.token.size());
}

std::string S3Signer::scope(std::string_view date) const {
  return absl::StrCat(std::string(date), "/", region_, "/", service_, "/aws4_request");
}

std::string S3Signer::signature(const SignableRequest& request, const std::string& time) const {
  const std::string date = time.substr(0, kDateDigits);
  const std::string text = absl::StrCat(std::string(kAlgorithm), "\n", time, "\n", scope(date),
                                        "\n", payload_hash_of(canonical_request(request)));
  std::string first = "AWS4" + credentials_.secret;
  Sha256 key = hmac(first, date);
  sodium_memzero(first.data(), first.size());
  key = hmac(view_of(key), region_);
  key = hmac(view_of(key), service_);
  key = hmac(view_of(key), "aws4_request");
  const Sha256 code = hmac(view_of(key), text);
  sodium_memzero(key.data(), key.size());
  return hex_of(code.data(), code.size());
}

SignableRequest::Pairs S3Signer::sign(SignableRequest request, std::int64_t now) const {
  const std::string time = time_text(now);
  SignableRequest::Pairs added = {{"x-amz-date", time}};
  if (!credentials_.token.empty()) added.emplace_back("x-amz-security-token", credentials_.token);
  request.headers.insert(request.headers.end(), added.begin(), added.end());
  added.emplace_back(
      "authorization",
      absl::StrCat(std::string(kAlgorithm), " Credential=", credentials_.key, "/",
                   scope(time.substr(0, kDateDigits)), ", SignedHeaders=", signed_headers(request),
                   ", Signature=", signature(request, time)));
  return added;
}

std::string S3Signer::presign(SignableRequest request, std::int64_t now,
                              std::int64_t seconds) const {
  const std::string time = time_text(now);
  const std::string credential =
      absl::StrCat(credentials_.key, "/", scope(time.substr(0, kDateDigits)));
  SignableRequest::Pairs& query = request.query;
  query.emplace_back("X-Amz-Algorithm", kAlgorithm);
  query.emplace_back("X-Amz-Credential", credential);
  query.emplace_back("X-Amz-Date", time);
  query.emplace_back("X-Amz-Expires", absl::StrCat(seconds));
  query.emplace_back("X-Amz-SignedHeaders", signed_headers(request));
  if (!credentials_.token.empty()) query.emplace_back("X-Amz-Security-Token", credentials_.token);
  request.payload_hash = std::string(kUnsignedPayload);
  return absl::StrCat(canonical_query(query), "&X-Amz-Signature=", signature(request, time));
}

}  // namespace focus::core::store
