// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>

#include <absl/status/status.h>

namespace focus::core::store {

/// The fields that an error about the storage can name: members of the header's
/// `focus_service_options`.
inline constexpr char kObjectsField[] = "objects_url";
inline constexpr char kBucketField[] = "objects_bucket";
inline constexpr char kRegionField[] = "objects_region";
inline constexpr char kKeyField[] = "objects_key";
inline constexpr char kSecretField[] = "objects_secret";

/// What a storage has answered to a request that did not succeed.
struct S3Refusal {
  int status = 0;         ///< of HTTP
  std::string_view body;  ///< XML with Code and Message, or anything else, or nothing
  std::string_view name;  ///< of the object; "" where the request is about the bucket
};

/// Whether the same request may succeed a moment later: the storage, or what stands before it, has
/// a fault of its own (5xx) or too much to do (429).
bool is_passing_refusal(const S3Refusal& refusal);

/// The refusal as an error of ours. An object that does not exist is not_found. What the operator
/// has to mend is unavailable and names the field: a wrong key, secret, bucket, region or address,
/// or a clock that is wrong. What passes is unavailable too. All else is io. The message quotes the
/// storage's own code, and of its message at most a line.
absl::Status s3_error(const S3Refusal& refusal);

}  // namespace focus::core::store
