// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>

#include <absl/status/status.h>
#include <absl/status/statusor.h>

namespace focus::core::store {

/// Where the name of a bucket stands in an address: `http://host/bucket/name`, which every storage
/// understands, or `http://bucket.host/name`, which needs names in DNS and is what AWS wants.
enum class S3Addressing { path, virtual_host };

/// Where a bucket is reached.
class S3Address {
 public:
  /// `endpoint` is a scheme (http or https), a host and perhaps a port, and nothing else. The error
  /// names `endpoint_field` or kBucketField (s3_error.h).
  static absl::StatusOr<S3Address> of(const std::string& endpoint, const std::string& bucket,
                                      S3Addressing addressing, const std::string& endpoint_field);

  /// What a request has as its header Host, and signs.
  const std::string& host() const { return host_; }
  const std::string& bucket() const { return bucket_; }
  /// The path of an object, not encoded; that of the bucket for "".
  std::string path_of(std::string_view name) const;
  /// The whole address of a path, which is encoded here, and of a query, which is encoded already.
  std::string url_of(const std::string& path, const std::string& query) const;

 private:
  std::string scheme_;
  std::string host_;
  std::string bucket_;
  std::string before_;  // of a name in its path: "/bucket/" or "/"
};

/// Names of objects are relative paths in UTF-8 of at most 200 bytes when they are percent-encoded,
/// so that a file can have the name of an object: without empty parts, "." and "..", and without
/// control characters. The error is about the field "name".
absl::Status check_object_name(const std::string& name);

}  // namespace focus::core::store
