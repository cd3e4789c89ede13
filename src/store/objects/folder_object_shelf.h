// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <absl/status/status.h>
#include <absl/status/statusor.h>

#include "store/file_checks.h"
#include "store/objects/object_shelf.h"

namespace focus::core::store {

/// Objects as files of a folder, by their names: for a folder that all nodes have mounted, and for
/// tests. A name can not be an object and the beginning of another object's name ("a" and "a/b").
/// Files are read where they are, without a cache of this library.
class FolderObjectShelf final : public ObjectShelf {
 public:
  /// Makes the folder where there is none, readable by its owner alone.
  static absl::StatusOr<std::unique_ptr<FolderObjectShelf>> open(const std::string& folder);

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

 private:
  explicit FolderObjectShelf(std::string folder) : folder_(std::move(folder)) {}

  std::string path_of(const std::string& name) const { return folder_ + "/" + name; }
  absl::Status keep(const std::string& from, const std::string& name);

  const std::string folder_;
  FileChecks checks_;
};

}  // namespace focus::core::store
