// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace focus::core::store {

/// By what a client of S3 shows who it is. Never part of a message or of the log.
struct S3Credentials {
  std::string key;
  std::string secret;
  std::string token;  ///< of a session with temporary credentials; "" where there is none
};

/// What is signed of a request. Path, query and headers are as they are meant, not encoded.
struct SignableRequest {
  using Pairs = std::vector<std::pair<std::string, std::string>>;

  std::string method = "GET";
  std::string path = "/";
  Pairs query;
  Pairs headers;             ///< "host" among them; all of them are signed
  std::string payload_hash;  ///< of the body: payload_hash_of(), or kUnsignedPayload
};

/// In the place of the hash of a body which is not signed.
inline constexpr std::string_view kUnsignedPayload = "UNSIGNED-PAYLOAD";
/// For how long a presigned address can be valid at most, in seconds.
inline constexpr std::int64_t kLongestPresigned = 604'800;

/// SHA-256 of a body, as 64 lowercase hexadecimal digits.
std::string payload_hash_of(std::string_view body);

/// The query as it is signed and sent: encoded, and in order of its encoded names and values.
std::string canonical_query(const SignableRequest::Pairs& query);

/// Signs requests with AWS Signature Version 4, as S3 has it: the path is encoded once, and not
/// normalised. The source is "Signature Version 4 signing process" and "Signature Calculations for
/// the Authorization Header" of the documentation of AWS. Thread-safe.
class S3Signer {
 public:
  /// `service` is "s3" but in the tests of the process itself.
  S3Signer(S3Credentials credentials, std::string region, std::string service = "s3");
  /// Overwrites the secret.
  ~S3Signer();
  S3Signer(const S3Signer&) = delete;
  S3Signer& operator=(const S3Signer&) = delete;

  /// The headers to send with a request beside its own, of which they hold the signature: the date,
  /// the token if there is one, and the authorization. `now` is in Unix seconds; a storage refuses
  /// what is more than 15 minutes away from its own clock.
  SignableRequest::Pairs sign(SignableRequest request, std::int64_t now) const;

  /// Returns the request's query, encoded and with a signature. A client that has this query may
  /// send the request until `seconds` after `now`, without a key. `seconds` is between 1 and
  /// kLongestPresigned. The body is not signed.
  std::string presign(SignableRequest request, std::int64_t now, std::int64_t seconds) const;

 private:
  std::string scope(std::string_view date) const;
  std::string signature(const SignableRequest& request, const std::string& time) const;

  S3Credentials credentials_;
  const std::string region_;
  const std::string service_;
};

}  // namespace focus::core::store
