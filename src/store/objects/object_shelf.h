// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include <absl/status/status.h>
#include <absl/status/statusor.h>

#include "audio/format.h"
#include "store/audio_bytes.h"
#include "store/objects/object_listing.h"

namespace focus::core::store {

/// Named objects that several nodes share: the bytes of audio files. An object is written once
/// under a name that no other object ever has, so that nobody reads one that changes. Which objects
/// are in use is not known here: the catalogue's rows decide. Thread-safe. An object that does not
/// exist is not_found; a storage that can not be reached is unavailable, and the call can be
/// repeated.
class ObjectShelf {
 public:
  virtual ~ObjectShelf() = default;

  /// Keeps the bytes of the file at `path` under `name`. A success means that every node can read
  /// them. To put the same bytes again changes nothing.
  virtual absl::Status put(const std::string& name, const std::string& path,
                           audio::AudioFormat format) = 0;
  /// The bytes, which are then read from this machine. `size` and `digest` (base/digest.h) are what
  /// was kept; bytes that differ are bad_data.
  virtual absl::StatusOr<std::shared_ptr<const AudioBytes>> open(const std::string& name,
                                                                 audio::AudioFormat format,
                                                                 std::int64_t size,
                                                                 const std::string& digest) = 0;
  /// How many bytes are kept under this name.
  virtual absl::StatusOr<std::int64_t> size_of(const std::string& name) = 0;
  /// Makes the bytes of `from` those of `to` as well.
  virtual absl::Status copy(const std::string& from, const std::string& to) = 0;
  /// Does nothing where there is none.
  virtual absl::Status remove(const std::string& name) = 0;
  /// At most 1000 names that begin with `prefix` and come after `after`.
  virtual absl::StatusOr<ObjectListing> list(const std::string& prefix,
                                             const std::string& after) = 0;
  /// An address where a client without a key reads the object until `until` (Unix seconds); nothing
  /// where the shelf has none.
  virtual std::optional<std::string> direct_url(const std::string& name, std::int64_t now,
                                                std::int64_t until) = 0;
};

}  // namespace focus::core::store
