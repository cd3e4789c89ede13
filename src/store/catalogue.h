// SPDX-License-Identifier: MIT
#pragma once

#include <memory>
#include <string>
#include <vector>

#include <absl/status/status.h>
#include <absl/status/statusor.h>

#include "store/database.h"
#include "store/leftovers.h"
#include "store/records.h"
#include "store/track_table.h"
#include "store/url_key_table.h"

namespace focus::core {

/// The SQLite file that says which sessions there are and which segments are ready. Not
/// thread-safe: its store guards it.
class Catalogue {
 public:
  /// Whether a commit waits for the disk.
  enum class Durability { synced, unsynced };

  /// Opens or creates it, checks that it is whole, and brings an older one up to date.
  static absl::StatusOr<std::unique_ptr<Catalogue>> open(const std::string& path,
                                                         Durability durability);

  absl::Status add_session(const SessionRecord& session);
  absl::StatusOr<SessionRecord> session(const std::string& id);
  absl::StatusOr<std::vector<std::string>> session_ids();
  absl::Status set_ended(const std::string& id);
  absl::Status set_stopped_cap(const std::string& id);
  /// Change `number` (from 0) of the session, together with the end of the segments it replaces.
  absl::Status add_change(const std::string& id, int number, const Change& change, int first_gone);

  /// Adds or replaces. The record's path is not kept: the folder gives it.
  absl::Status put_segment(const std::string& session_id, const SegmentRecord& segment);
  absl::StatusOr<std::vector<SegmentRecord>> segments(const std::string& session_id);
  absl::Status touch(const std::string& id, std::int64_t unix_seconds);
  absl::StatusOr<std::vector<std::string>> untouched_since(std::int64_t unix_seconds);
  /// Its rows go; its folder becomes a leftover.
  absl::Status delete_session(const std::string& id);
  absl::Status forget_segment(const std::string& session_id, int index);

  Database& database() { return *database_; }
  /// The tables that have a file of their own share the connection.
  TrackTable tracks() { return TrackTable(*database_); }
  UrlKeyTable url_keys() { return UrlKeyTable(*database_); }
  Leftovers leftovers() { return Leftovers(*database_); }
  absl::StatusOr<Transaction> begin() { return Transaction::begin(*database_); }

 private:
  explicit Catalogue(std::unique_ptr<Database> database) : database_(std::move(database)) {}
  absl::Status prepare_schema();
  absl::StatusOr<std::vector<Change>> history(const std::string& id);

  std::unique_ptr<Database> database_;
};

}  // namespace focus::core
