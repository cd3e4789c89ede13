// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include <absl/status/status.h>
#include <absl/status/statusor.h>

#include "store/objects/object_cache.h"
#include "store/objects/object_shelf.h"
#include "store/objects/s3_client.h"

namespace focus::core::store {

/// Objects in a bucket of a storage that speaks the protocol of S3, read through a cache on this
/// machine's disk.
class S3ObjectShelf final : public ObjectShelf {
 public:
  /// Asks the storage whether the bucket is there and the key is right. What the operator has to
  /// mend is Fault::argument here, and names the option; a storage that can not be reached is
  /// unavailable. `clock` and `entropy` must outlive the shelf.
  static absl::StatusOr<std::unique_ptr<S3ObjectShelf>> open(S3Options options,
                                                             const ObjectCacheOptions& cache,
                                                             Clock& clock, Entropy& entropy);
  /// Must not be called while a call runs; stop() ends those.
  ~S3ObjectShelf() override = default;

  absl::Status put(const std::string& name, const std::string& path,
                   audio::AudioFormat format) override;
  absl::StatusOr<std::shared_ptr<const AudioBytes>> open(const std::string& name,
                                                         audio::AudioFormat format,
                                                         std::int64_t size,
                                                         const std::string& digest) override;
  absl::StatusOr<std::int64_t> size_of(const std::string& name) override;
  absl::Status copy(const std::string& from, const std::string& to) override;
  absl::Status remove(const std::string& name) override;
  absl::StatusOr<ObjectListing> list(const std::string& prefix, const std::string& after) override;
  std::optional<std::string> direct_url(const std::string& name, std::int64_t now,
                                        std::int64_t until) override;

  /// Lets all calls, those to come too, fail soon with Fault::cancelled. Does not block.
  void stop() { pause_->stop(); }

 private:
  S3ObjectShelf(std::unique_ptr<Pause> pause, std::unique_ptr<S3Client> client,
                std::unique_ptr<ObjectCache> cache);

  const std::unique_ptr<Pause> pause_;  // outlives the client
  const std::unique_ptr<S3Client> client_;
  const std::unique_ptr<ObjectCache> cache_;
};

}  // namespace focus::core::store
