// SPDX-License-Identifier: MIT
#include "store/folder_session_shelf.h"

#include <filesystem>
#include <system_error>

#include "base/error.h"

namespace focus::core::store {

absl::Status FolderSessionShelf::add(const SessionRecord& session, const std::string& request_key) {
  return SharedCatalogue::Writing(shared_)->add_session(session, request_key);
}

absl::StatusOr<SessionRecord> FolderSessionShelf::find(const std::string& id) {
  return SharedCatalogue::Reading(shared_)->session(id);
}

absl::StatusOr<std::vector<std::string>> FolderSessionShelf::ids() {
  return SharedCatalogue::Reading(shared_)->session_ids();
}

absl::StatusOr<std::vector<std::string>> FolderSessionShelf::ids_of(const SessionQuery& query) {
  return SharedCatalogue::Reading(shared_)->session_ids_of(query);
}

absl::Status FolderSessionShelf::set_ended(const std::string& id) {
  return SharedCatalogue::Writing(shared_)->set_ended(id);
}

absl::Status FolderSessionShelf::set_stopped_cap(const std::string& id) {
  return SharedCatalogue::Writing(shared_)->set_stopped_cap(id);
}

absl::Status FolderSessionShelf::add_change(const std::string& id, int number,
                                            const plan::Change& change, int first_gone) {
  {
    SharedCatalogue::Writing catalogue(shared_);
    FOCUS_ASSIGN_OR_RETURN(const audio::AudioFormat format, catalogue->format(id));
    FOCUS_ASSIGN_OR_RETURN(const auto gone, catalogue->segments().indices_from(id, first_gone));
    FOCUS_RETURN_IF_ERROR(catalogue->add_change(id, number, change, first_gone));
    // Under the catalogue's mutex: once it is free, a new claim may put a file of the same name.
    std::error_code ignored;
    for (const int index : gone) {
      std::filesystem::remove(folder_.segment(id, format, index), ignored);
    }
  }
  shared_.trim();  // a session may be steered for hours without a segment that is synced
  return absl::OkStatus();
}

absl::Status FolderSessionShelf::remove(const std::string& id) {
  FOCUS_RETURN_IF_ERROR(SharedCatalogue::Writing(shared_)->delete_session(id));
  // It may have many files, and ids are not used again: nobody has to wait.
  shared_.remove_leftover(folder_, "sessions/" + id);
  shared_.trim();
  return absl::OkStatus();
}

absl::Status FolderSessionShelf::touch(const std::string& id, std::int64_t unix_seconds) {
  return SharedCatalogue::Writing(shared_)->touch(id, unix_seconds);
}

absl::StatusOr<std::vector<std::string>> FolderSessionShelf::untouched_since(
    std::int64_t unix_seconds) {
  return SharedCatalogue::Reading(shared_)->untouched_since(unix_seconds);
}

absl::StatusOr<std::int64_t> FolderSessionShelf::revision(const std::string& id) {
  return SharedCatalogue::Reading(shared_)->revision(id);
}

}  // namespace focus::core::store
