// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <atomic>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "base/error.h"
#include "store/objects/object_bytes.h"
#include "store/objects/object_shelf.h"

namespace focus::test {

/// A shelf of objects in a folder, which can be away.
class TestObjects final : public core::store::ObjectShelf {
 public:
  explicit TestObjects(std::string folder) : folder_(std::move(folder)) {
    std::filesystem::create_directories(folder_);
  }

  std::atomic<bool> is_away{false};
  std::atomic<int> copies{0};

  absl::Status put(const std::string& name, const std::string& path,
                   core::audio::AudioFormat) override {
    FOCUS_RETURN_IF_ERROR(reach());
    std::error_code failed;
    std::filesystem::copy_file(path, path_of(name),
                               std::filesystem::copy_options::overwrite_existing, failed);
    return failed ? core::io_error(path, "cannot be copied") : absl::OkStatus();
  }
  absl::StatusOr<std::shared_ptr<const core::store::AudioBytes>> open(
      const std::string& name, core::audio::AudioFormat format, std::int64_t size,
      const std::string& digest) override {
    FOCUS_RETURN_IF_ERROR(reach());
    auto bytes = core::store::FileAudioBytes::open(path_of(name), format);
    if (!bytes.ok()) return core::not_found("object", "no such object");
    const bool is_whole = (*bytes)->size() == size && (*bytes)->digest().value() == digest;
    if (!is_whole) return core::fault_error(core::Fault::bad_data, "other bytes");
    // Without a path, as the bytes of a storage are.
    return core::store::ObjectBytes::of(*std::move(bytes), digest);
  }
  absl::StatusOr<std::int64_t> size_of(const std::string& name) override {
    std::error_code failed;
    const auto size = std::filesystem::file_size(path_of(name), failed);
    if (failed) return core::not_found("object", "no such object");
    return static_cast<std::int64_t>(size);
  }
  absl::Status copy(const std::string& from, const std::string& to) override {
    ++copies;
    return put(to, path_of(from), core::audio::AudioFormat::flac16);
  }
  absl::Status remove(const std::string& name) override {
    FOCUS_RETURN_IF_ERROR(reach());
    std::filesystem::remove(path_of(name));
    return absl::OkStatus();
  }
  absl::StatusOr<core::store::ObjectListing> list(const std::string& prefix,
                                                  const std::string& after) override {
    core::store::ObjectListing listing;
    for (const std::string& name : names()) {
      if (name.starts_with(prefix) && name > after) listing.names.push_back(name);
    }
    return listing;
  }
  std::optional<std::string> direct_url(const std::string&, std::int64_t, std::int64_t) override {
    return std::nullopt;
  }

  /// Of all objects, sorted.
  std::vector<std::string> names() const {
    std::vector<std::string> names;
    for (const auto& file : std::filesystem::directory_iterator(folder_)) {
      std::string name = file.path().filename().string();
      std::replace(name.begin(), name.end(), '+', '/');
      names.push_back(std::move(name));
    }
    std::sort(names.begin(), names.end());
    return names;
  }

 private:
  absl::Status reach() const {
    return is_away ? core::unavailable("the storage is away") : absl::OkStatus();
  }
  std::string path_of(std::string name) const {
    std::replace(name.begin(), name.end(), '/', '+');
    return folder_ + "/" + name;
  }

  const std::string folder_;
};

}  // namespace focus::test
