// SPDX-License-Identifier: MIT
#include "store/catalogue_copy.h"

#include <filesystem>
#include <system_error>

#include "base/error.h"
#include "store/catalogue_salvage.h"

namespace focus::core::store {
namespace {

namespace fs = std::filesystem;

absl::Status copy_if_there(const std::string& from, const std::string& to) {
  std::error_code failed;
  if (!fs::exists(from, failed)) return absl::OkStatus();
  fs::copy_file(from, to, failed);
  return failed ? file_error(from, "cannot be copied", failed.value()) : absl::OkStatus();
}

}  // namespace

absl::StatusOr<CatalogueCopy> CatalogueCopy::make(const DataFolder& folder) {
  FOCUS_ASSIGN_OR_RETURN(TemporaryFolder temporary, TemporaryFolder::create(kCheckFolderPrefix));
  const std::string path = temporary.path() + "/catalogue.sqlite";
  CatalogueCopy copy(std::move(temporary));
  std::error_code ignored;
  for (const char* ending : kCatalogueFiles) {
    FOCUS_RETURN_IF_ERROR(copy_if_there(folder.catalogue() + ending, path + ending));
  }
  if (!fs::exists(path, ignored)) {
    copy.state_ = State::missing;
    FOCUS_RETURN_IF_ERROR(copy.open_new(""));
    return copy;
  }
  FOCUS_RETURN_IF_ERROR(copy.open_copied(path));
  return copy;
}

absl::Status CatalogueCopy::open_copied(const std::string& path) {
  auto opened = Catalogue::open(path, Catalogue::Durability::unsynced);
  if (opened.ok() && (*opened)->found_version() > 0) {
    catalogue_ = *std::move(opened);
    path_ = path;
    return absl::OkStatus();
  }
  if (opened.ok()) {
    state_ = State::missing;
    opened->reset();
    return open_new("");
  }
  const absl::Status& status = opened.status();
  if (has_fault(status, Fault::unsupported) || has_fault(status, Fault::no_space) ||
      has_fault(status, Fault::memory)) {
    return status;
  }
  state_ = State::damaged;
  damage_ = std::string(status.message());
  return open_new(path);
}

absl::Status CatalogueCopy::open_new(const std::string& damaged) {
  path_ = folder_.path() + "/new.sqlite";
  FOCUS_ASSIGN_OR_RETURN(catalogue_, Catalogue::open(path_, Catalogue::Durability::unsynced));
  if (damaged.empty()) return absl::OkStatus();
  FOCUS_ASSIGN_OR_RETURN(salvaged_rows_, salvage_catalogue(damaged, *catalogue_));
  return absl::OkStatus();
}

std::string CatalogueCopy::close() {
  catalogue_.reset();  // the last connection to close writes its log back
  return path_;
}

}  // namespace focus::core::store
