// SPDX-License-Identifier: MIT
#include "store/folder_store.h"

#include <filesystem>
#include <system_error>
#include <utility>

#include "base/error.h"
#include "base/guarded.h"
#include "base/private_file.h"
#include "base/temporary_folder.h"
#include "store/abandoned_folders.h"
#include "store/owner_bytes.h"

namespace focus::core::store {

namespace fs = std::filesystem;

namespace {
constexpr const char* kTemporaryPrefix = "focus-session-";
}  // namespace

FolderStore::FolderStore(DataFolder folder, std::unique_ptr<FolderLock> lock,
                         std::unique_ptr<SharedCatalogue> catalogue)
    : folder_(std::move(folder)),
      lock_(std::move(lock)),
      catalogue_(std::move(catalogue)),
      sessions_(*catalogue_, folder_),
      segments_(*catalogue_, folder_, checks_),
      board_(*catalogue_),
      tracks_(*catalogue_, folder_, checks_),
      url_keys_(*catalogue_),
      ledger_(*catalogue_),
      answers_(*catalogue_),
      messages_(*catalogue_) {}

FolderStore::~FolderStore() {
  catalogue_.reset();
  if (folder_.is_lasting()) return;
  // What can not be removed now is removed as an abandoned folder by the next store.
  without_throwing([this] { remove_temporary_folder(folder_.path()); });
}

absl::StatusOr<std::unique_ptr<FolderStore>> FolderStore::open(const std::string& folder,
                                                               DiskSync& disk) {
  return open_in(folder, DataFolder::Lifetime::lasting, disk);
}

absl::StatusOr<std::unique_ptr<FolderStore>> FolderStore::open_temporary() {
  FOCUS_ASSIGN_OR_RETURN(const std::string folder, make_temporary_folder(kTemporaryPrefix));
  auto store = open_in(folder, DataFolder::Lifetime::temporary, DiskSync::system());
  if (!store.ok()) remove_temporary_folder(folder);
  return store;
}

void FolderStore::clear_up_temporary_folders() {
  remove_abandoned_folders(temporary_base(), kTemporaryPrefix);
  TemporaryFolder::remove_abandoned();
}

absl::StatusOr<std::unique_ptr<FolderStore>> FolderStore::open_in(const std::string& path,
                                                                  DataFolder::Lifetime lifetime,
                                                                  DiskSync& disk) {
  // Absolute, so that it stays the same folder when the process changes its own.
  std::error_code failed;
  const std::string absolute = fs::absolute(path, failed).string();
  if (failed) return file_error(path, "cannot be found", failed.value());
  const DataFolder folder(absolute, lifetime, disk);
  FOCUS_RETURN_IF_ERROR(folder.make_folder(absolute));
  FOCUS_ASSIGN_OR_RETURN(auto lock, FolderLock::take(absolute));
  if (folder.is_lasting()) {
    unmark_as_temporary(absolute);  // what a killed process has left may be rescued
  } else {
    FOCUS_RETURN_IF_ERROR(mark_as_temporary(absolute));
  }
  clear_up_temporary_folders();
  FOCUS_RETURN_IF_ERROR(create_private_file(absolute + std::string(FolderLock::kName)));
  folder.make_private();
  FOCUS_RETURN_IF_ERROR(create_private_file(folder.catalogue()));
  FOCUS_RETURN_IF_ERROR(folder.make_folder(folder.path_in("sessions")));
  FOCUS_RETURN_IF_ERROR(folder.make_folder(folder.path_in("tracks")));
  auto catalogue = SharedCatalogue::open(
      folder.catalogue(),
      folder.is_lasting() ? Catalogue::Durability::synced : Catalogue::Durability::unsynced, disk);
  if (!catalogue.ok()) return with_path(catalogue.status(), folder.catalogue());
  std::unique_ptr<FolderStore> store(
      new FolderStore(folder, std::move(lock), *std::move(catalogue)));
  FOCUS_RETURN_IF_ERROR(store->clear_up_after_others());
  return store;
}

absl::StatusOr<std::vector<OwnerBytes>> FolderStore::bytes_by_owner() {
  SharedCatalogue::Reading catalogue(*catalogue_);
  return read_bytes_by_owner(catalogue->database());
}

/// The caller holds the folder's lock, so no other process works here: partial files, claims and
/// held money belong to processes that are gone. A command of theirs has ended with them, and what
/// an engine had delivered was settled then: what is still held was not spent, and is given back.
absl::Status FolderStore::clear_up_after_others() {
  folder_.clear_up();
  SharedCatalogue::Writing catalogue(*catalogue_);
  FOCUS_RETURN_IF_ERROR(catalogue->claims().remove_all());
  FOCUS_RETURN_IF_ERROR(catalogue->spend().release_all());
  return catalogue->leftovers().sweep(folder_.path());
}

}  // namespace focus::core::store
