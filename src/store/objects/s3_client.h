// SPDX-License-Identifier: MIT
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include <absl/status/status.h>
#include <absl/status/statusor.h>

#include "base/clock.h"
#include "base/entropy.h"
#include "store/objects/http_transport.h"
#include "store/objects/object_listing.h"
#include "store/objects/pause.h"
#include "store/objects/s3_address.h"
#include "store/objects/s3_signer.h"

namespace focus::core::store {

struct S3Options {
  std::string endpoint;  ///< "https://s3.example.com", "http://10.0.0.5:8080"
  /// What presigned addresses begin with, where clients reach the storage elsewhere than the nodes
  /// do; "" where they do not.
  std::string public_endpoint;
  std::string bucket;
  std::string region = "us-east-1";
  S3Addressing addressing = S3Addressing::path;
  S3Credentials credentials;
  HttpTransportOptions transport;
  RetryRule retry;
};

/// One bucket of a storage that speaks the protocol of S3. What fails by a fault of the storage or
/// of the network is attempted again, a bounded number of times: every request of this class can be
/// repeated without harm. Every call blocks. Thread-safe.
///
/// Errors: not_found for an object that does not exist; unavailable for a storage that can not be
/// reached, has a fault, or refuses the key, bucket or clock (see s3_error()); io for other
/// answers.
class S3Client {
 public:
  /// Larger files would need an upload in parts.
  static constexpr std::int64_t kLargestFile = 5'000'000'000;

  /// Checks the options alone; check() asks the storage. `clock`, `entropy` and `pause` must
  /// outlive the client; when `pause` is stopped, calls end soon, as cancelled.
  static absl::StatusOr<std::unique_ptr<S3Client>> create(S3Options options, Clock& clock,
                                                          Entropy& entropy, Pause& pause);

  /// Asks whether the bucket exists and the key may list it.
  absl::Status check();
  /// Sends a regular file, which must not change meanwhile: the hash of its bytes is signed.
  absl::Status put(const std::string& name, const std::string& path, const std::string& media_type);
  /// Writes an object to the file `path`, which is created or truncated. An object of another size
  /// than `size` is bad_data.
  absl::Status get(const std::string& name, std::int64_t size, const std::string& path);
  /// The size of an object in bytes.
  absl::StatusOr<std::int64_t> size_of(const std::string& name);
  /// By the storage itself: the bytes do not come here.
  absl::Status copy(const std::string& from, const std::string& to);
  /// Does nothing where there is none.
  absl::Status remove(const std::string& name);
  /// At most 1000 names that begin with `prefix` and come after `after`.
  absl::StatusOr<ObjectListing> list(const std::string& prefix, const std::string& after);
  /// The address at which anybody can read the object from `now` until `until` (Unix seconds), at
  /// most for a week.
  std::string presigned_get(const std::string& name, std::int64_t now, std::int64_t until) const;

 private:
  struct Request;
  struct Upload;
  class Download;

  S3Client(S3Options options, S3Address address, S3Address public_address, Clock& clock,
           Entropy& entropy, Pause& pause);
  absl::StatusOr<HttpAnswer> send_once(const Request& request, bool& may_pass);
  absl::StatusOr<HttpAnswer> send(const Request& request);
  /// Signs by the storage's clock from now on, where it is far from ours. Whether that is so.
  bool follow_clock(std::int64_t storage_now);

  const RetryRule retry_;
  const S3Address address_;
  const S3Address public_address_;
  const S3Signer signer_;
  Clock& clock_;
  std::atomic<std::int64_t> clock_is_behind_{0};  // the storage's, in seconds
  Entropy& entropy_;
  Pause& pause_;
  HttpTransport transport_;
};

}  // namespace focus::core::store
