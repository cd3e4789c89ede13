// SPDX-License-Identifier: MIT
#include "store/objects/s3_object_shelf.h"

#include <utility>

#include "base/error.h"
#include "store/objects/s3_error.h"

namespace focus::core::store {

absl::StatusOr<std::unique_ptr<S3ObjectShelf>> S3ObjectShelf::open(S3Options options,
                                                                   const ObjectCacheOptions& cache,
                                                                   Clock& clock, Entropy& entropy) {
  auto pause = std::make_unique<Pause>();
  FOCUS_ASSIGN_OR_RETURN(auto client, S3Client::create(std::move(options), clock, entropy, *pause));
  const absl::Status checked = client->check();
  if (!checked.ok() && field_of(checked) != kObjectsField) {
    return with_field(fault_error(Fault::argument, std::string(message_of(checked))),
                      field_of(checked));
  }
  FOCUS_RETURN_IF_ERROR(checked);
  FOCUS_ASSIGN_OR_RETURN(auto files, ObjectCache::open(cache));
  return std::unique_ptr<S3ObjectShelf>(
      new S3ObjectShelf(std::move(pause), std::move(client), std::move(files)));
}

S3ObjectShelf::S3ObjectShelf(std::unique_ptr<Pause> pause, std::unique_ptr<S3Client> client,
                             std::unique_ptr<ObjectCache> cache)
    : pause_(std::move(pause)), client_(std::move(client)), cache_(std::move(cache)) {}

absl::Status S3ObjectShelf::put(const std::string& name, const std::string& path,
                                audio::AudioFormat format) {
  FOCUS_RETURN_IF_ERROR(client_->put(name, path, std::string(audio::media_type_of(format))));
  cache_->adopt(name, path);
  return absl::OkStatus();
}

absl::StatusOr<std::shared_ptr<const AudioBytes>> S3ObjectShelf::open(const std::string& name,
                                                                      audio::AudioFormat format,
                                                                      std::int64_t size,
                                                                      const std::string& digest) {
  FOCUS_RETURN_IF_ERROR(check_object_name(name));
  return cache_->get({name, format, size, digest},
                     [&](const std::string& path) { return client_->get(name, size, path); });
}

absl::StatusOr<std::int64_t> S3ObjectShelf::size_of(const std::string& name) {
  return client_->size_of(name);
}

absl::Status S3ObjectShelf::copy(const std::string& from, const std::string& to) {
  return client_->copy(from, to);
}

absl::Status S3ObjectShelf::remove(const std::string& name) {
  FOCUS_RETURN_IF_ERROR(client_->remove(name));
  cache_->forget(name);
  return absl::OkStatus();
}

absl::StatusOr<ObjectListing> S3ObjectShelf::list(const std::string& prefix,
                                                  const std::string& after) {
  return client_->list(prefix, after);
}

std::optional<std::string> S3ObjectShelf::direct_url(const std::string& name, std::int64_t now,
                                                     std::int64_t until) {
  if (until <= now || !check_object_name(name).ok()) return std::nullopt;
  return client_->presigned_get(name, now, until);
}

}  // namespace focus::core::store
