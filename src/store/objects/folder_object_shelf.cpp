// SPDX-License-Identifier: MIT
#include "store/objects/folder_object_shelf.h"

#include <algorithm>
#include <cerrno>
#include <filesystem>
#include <system_error>
#include <unistd.h>
#include <utility>

#include <absl/strings/str_cat.h>

#include "base/atomic_file.h"
#include "base/error.h"
#include "base/partial_name.h"
#include "base/private_file.h"
#include "store/objects/object_bytes.h"
#include "store/objects/s3_address.h"

namespace focus::core::store {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kMostListed = 1000;
constexpr int kPutAttempts = 5;

absl::Status no_object(const std::string& name) {
  return fault_error(Fault::not_found, absl::StrCat("there is no object ", name, " in the folder"));
}

/// A missing file of the shelf as a missing object.
absl::Status object_error(const absl::Status& status, const std::string& name) {
  return has_fault(status, Fault::file_missing) ? no_object(name) : status;
}

/// Walks a folder in the order of the bytes of the names in it, as a storage lists objects.
class Walk {
 public:
  Walk(const std::string& prefix, const std::string& after) : prefix_(prefix), after_(after) {}

  /// The files below a folder whose objects' names begin with `begin` ("" or "sessions/"). Returns
  /// false once there are enough.
  bool visit(const fs::path& folder, const std::string& begin) {
    for (const std::string& name : names_in(folder, begin)) {
      const bool is_folder = name.ends_with('/');
      if (is_folder && may_have_more(name)) {
        if (!visit(folder / name.substr(begin.size()), name)) return false;
      }
      if (is_folder || !name.starts_with(prefix_) || name <= after_) continue;
      if (listing.names.size() == kMostListed) {
        listing.more = true;
        return false;
      }
      listing.names.push_back(name);
    }
    return true;
  }

  ObjectListing listing;
  std::error_code error;

 private:
  /// Sorted; those of folders end with a slash, which is how their files' names go on.
  std::vector<std::string> names_in(const fs::path& folder, const std::string& begin) {
    std::vector<std::string> names;
    std::error_code failed;
    for (fs::directory_iterator at(folder, failed), end; !failed && at != end;
         at.increment(failed)) {
      const std::string name = at->path().filename().string();
      std::error_code ignored;
      if (at->is_directory(ignored)) {
        names.push_back(begin + name + "/");
      } else if (!is_partial_name(name)) {
        names.push_back(begin + name);
      }
    }
    // A folder that went meanwhile has no objects any more.
    if (failed && failed != std::errc::no_such_file_or_directory) error = failed;
    std::sort(names.begin(), names.end());
    return names;
  }
  /// Whether a folder whose names begin so can have names that are asked for.
  bool may_have_more(const std::string& begin) const {
    const bool has_prefix = begin.starts_with(prefix_) || prefix_.starts_with(begin);
    return has_prefix && (begin > after_ || after_.starts_with(begin));
  }

  const std::string& prefix_;
  const std::string& after_;
};

}  // namespace

absl::StatusOr<std::unique_ptr<FolderObjectShelf>> FolderObjectShelf::open(
    const std::string& folder) {
  std::error_code error;
  fs::create_directories(folder, error);
  if (error) return file_error(folder, "cannot be made", error.value());
  make_private(folder);
  return std::unique_ptr<FolderObjectShelf>(new FolderObjectShelf(folder));
}

absl::Status FolderObjectShelf::keep(const std::string& from, const std::string& name) {
  const std::string path = path_of(name);
  absl::Status kept;
  for (int attempt = 0; attempt < kPutAttempts; ++attempt) {
    std::error_code error;
    fs::create_directories(fs::path(path).parent_path(), error);
    if (error) return file_error(path, "cannot be written", error.value());
    kept = copy_file(from, path, AtomicFile::Durability::synced);
    // The folder went between the two calls, if it is not `from` that is missing.
    if (!has_fault(kept, Fault::file_missing) || !fs::exists(from, error)) break;
  }
  return kept;
}

absl::Status FolderObjectShelf::put(const std::string& name, const std::string& path,
                                    audio::AudioFormat) {
  FOCUS_RETURN_IF_ERROR(check_object_name(name));
  return keep(path, name);
}

absl::StatusOr<std::shared_ptr<const AudioBytes>> FolderObjectShelf::open(
    const std::string& name, audio::AudioFormat format, std::int64_t size,
    const std::string& digest) {
  FOCUS_RETURN_IF_ERROR(check_object_name(name));
  auto file = checks_.open(path_of(name), format, digest);
  if (!file.ok()) return object_error(file.status(), name);
  if ((*file)->size() != size)
    FOCUS_RETURN_IF_ERROR(check_bytes({name, format, size, digest}, **file));
  return ObjectBytes::of(*std::move(file), digest);
}

absl::StatusOr<std::int64_t> FolderObjectShelf::size_of(const std::string& name) {
  FOCUS_RETURN_IF_ERROR(check_object_name(name));
  std::error_code error;
  const std::uintmax_t size = fs::file_size(path_of(name), error);
  if (error == std::errc::no_such_file_or_directory) return no_object(name);
  if (error) return file_error(path_of(name), "cannot be read", error.value());
  return static_cast<std::int64_t>(size);
}

absl::Status FolderObjectShelf::copy(const std::string& from, const std::string& to) {
  FOCUS_RETURN_IF_ERROR(check_object_name(from));
  FOCUS_RETURN_IF_ERROR(check_object_name(to));
  FOCUS_RETURN_IF_ERROR(size_of(from).status());
  return object_error(keep(path_of(from), to), from);
}

absl::Status FolderObjectShelf::remove(const std::string& name) {
  FOCUS_RETURN_IF_ERROR(check_object_name(name));
  const std::string path = path_of(name);
  if (::unlink(path.c_str()) != 0 && errno != ENOENT && errno != ENOTDIR) {
    return file_error(path, "cannot be removed", errno);
  }
  // Empty folders are removed as well. Another node may be about to write into one of them: its
  // put() creates missing folders again.
  std::error_code error;
  for (fs::path parent = fs::path(path).parent_path();
       parent != fs::path(folder_) && fs::remove(parent, error); parent = parent.parent_path()) {
  }
  return absl::OkStatus();
}

absl::StatusOr<ObjectListing> FolderObjectShelf::list(const std::string& prefix,
                                                      const std::string& after) {
  Walk walk(prefix, after);
  walk.visit(folder_, "");
  if (walk.error) return file_error(folder_, "cannot be read", walk.error.value());
  return std::move(walk.listing);
}

std::optional<std::string> FolderObjectShelf::direct_url(const std::string&, std::int64_t,
                                                         std::int64_t) {
  return std::nullopt;
}

}  // namespace focus::core::store
