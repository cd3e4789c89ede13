// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "store/data_folder.h"
#include "store/session_shelf.h"
#include "store/shared_catalogue.h"

namespace focus::core::store {

/// The sessions in a catalogue; in a folder, the files of the segments that go with them.
class FolderSessionShelf final : public SessionShelf {
 public:
  FolderSessionShelf(SharedCatalogue& shared, const DataFolder& folder)
      : shared_(shared), folder_(folder) {}

  using SessionShelf::add;
  absl::Status add(const SessionRecord& session, const std::string& request_key) override;
  absl::StatusOr<SessionRecord> find(const std::string& id) override;
  absl::StatusOr<std::vector<std::string>> ids() override;
  absl::StatusOr<std::vector<std::string>> ids_of(const SessionQuery& query) override;
  absl::Status set_ended(const std::string& id) override;
  absl::Status set_stopped_cap(const std::string& id) override;
  absl::Status add_change(const std::string& id, int number, const plan::Change& change,
                          int first_gone) override;
  absl::Status remove(const std::string& id) override;
  absl::Status touch(const std::string& id, std::int64_t unix_seconds) override;
  absl::StatusOr<std::vector<std::string>> untouched_since(std::int64_t unix_seconds) override;
  absl::StatusOr<std::int64_t> revision(const std::string& id) override;

 private:
  SharedCatalogue& shared_;
  const DataFolder& folder_;
};

}  // namespace focus::core::store
