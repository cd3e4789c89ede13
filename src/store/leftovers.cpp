// SPDX-License-Identifier: MIT
#include "store/leftovers.h"

#include <filesystem>
#include <utility>

#include "base/error.h"
#include "base/ids.h"

namespace focus::core::store {
namespace {

namespace fs = std::filesystem;

/// Whatever the catalogue says: nothing else is ever removed.
bool is_ours(const fs::path& path) {
  const std::string folder = path.parent_path().string();
  if (folder == "sessions") return is_session_id(path.filename().string());
  return (folder == "tracks" || folder == "notes") && is_track_id(path.stem().string());
}

}  // namespace

absl::Status Leftovers::add(const std::string& path) {
  FOCUS_ASSIGN_OR_RETURN(Statement insert,
                         database_.prepare("INSERT OR IGNORE INTO leftover VALUES (?)"));
  return insert.bind(path).run();
}

absl::Status Leftovers::forget(const std::string& path) {
  FOCUS_ASSIGN_OR_RETURN(Statement erase, database_.prepare("DELETE FROM leftover WHERE path = ?"));
  return erase.bind(path).run();
}

absl::StatusOr<std::vector<std::string>> Leftovers::list() {
  FOCUS_ASSIGN_OR_RETURN(Statement select, database_.prepare("SELECT path FROM leftover"));
  return texts_of(std::move(select));
}

absl::Status Leftovers::sweep(const std::string& data_folder) {
  FOCUS_ASSIGN_OR_RETURN(const auto paths, list());
  for (const std::string& path : paths) {
    std::error_code failed;
    if (is_ours(path)) fs::remove_all(fs::path(data_folder) / path, failed);
    if (!failed) FOCUS_RETURN_IF_ERROR(forget(path));
  }
  return absl::OkStatus();
}

}  // namespace focus::core::store
