// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include <absl/status/status.h>
#include <absl/status/statusor.h>

#include "store/answer_table.h"
#include "store/claim_table.h"
#include "store/database.h"
#include "store/leftovers.h"
#include "store/message_receivers.h"
#include "store/message_table.h"
#include "store/records.h"
#include "store/segment_table.h"
#include "store/spend_table.h"
#include "store/track_table.h"
#include "store/url_key_table.h"

namespace focus::core::store {

/// The SQLite file that says which sessions there are and which segments are ready. Not
/// thread-safe: SharedCatalogue guards it.
class Catalogue {
 public:
  /// Whether the file has to survive a crash of the machine. A commit itself never waits for the
  /// disk: see WalSync.
  enum class Durability { synced, unsynced };

  /// Opens or creates it, checks that it is whole, and brings an older one up to date.
  static absl::StatusOr<std::unique_ptr<Catalogue>> open(const std::string& path,
                                                         Durability durability);
  /// The version of the schema that this library writes.
  static std::int64_t newest_version();
  /// The version of what was opened before it was brought up to date; 0 where it was empty.
  std::int64_t found_version() const { return found_version_; }

  /// See SessionShelf, whose transaction this is.
  absl::Status add_session(const SessionRecord& session, const std::string& request_key = "");
  absl::StatusOr<SessionRecord> session(const std::string& id);
  absl::StatusOr<std::vector<std::string>> session_ids();
  absl::StatusOr<std::vector<std::string>> session_ids_of(const SessionQuery& query);
  absl::Status set_ended(const std::string& id);
  absl::Status set_stopped_cap(const std::string& id);
  /// See SessionShelf, whose transaction this is.
  absl::Status add_change(const std::string& id, int number, const plan::Change& change,
                          int first_gone);
  absl::Status touch(const std::string& id, std::int64_t unix_seconds);
  absl::StatusOr<std::vector<std::string>> untouched_since(std::int64_t unix_seconds);
  /// Its rows go; its folder becomes a leftover.
  absl::Status delete_session(const std::string& id);

  /// How many changes its history has.
  absl::StatusOr<int> changes(const std::string& id);
  /// Whether it has so many: the conflict of steered_meanwhile() otherwise.
  absl::Status check_changes(const std::string& id, int known);
  absl::StatusOr<audio::AudioFormat> format(const std::string& id);
  absl::StatusOr<std::int64_t> revision(const std::string& id);
  /// Whether the claim with this epoch is the segment's current one: the fence.
  absl::Status check_claim(const std::string& id, int index, std::int64_t epoch);
  /// Its revision grows.
  absl::Status raise_revision(const std::string& id);

  /// Keeps a message of it for each address that wants one. Within the transaction that makes it
  /// true.
  absl::Status tell(const Happening& happening);
  MessageReceivers& receivers() { return receivers_; }

  Database& database() { return *database_; }
  /// The tables that have a file of their own share the connection.
  SegmentTable segments() { return SegmentTable(*database_); }
  ClaimTable claims() { return ClaimTable(*database_); }
  TrackTable tracks() { return TrackTable(*database_); }
  UrlKeyTable url_keys() { return UrlKeyTable(*database_); }
  AnswerTable answers() { return AnswerTable(*database_); }
  MessageTable messages() { return MessageTable(*database_); }
  SpendTable spend() { return SpendTable(*database_); }
  Leftovers leftovers() { return Leftovers(*database_); }
  absl::StatusOr<Transaction> begin() { return Transaction::begin(*database_); }

 private:
  explicit Catalogue(std::unique_ptr<Database> database) : database_(std::move(database)) {}
  absl::Status check_whole();
  absl::StatusOr<std::int64_t> schema_version();
  absl::Status prepare_schema();
  absl::StatusOr<std::vector<plan::Change>> history(const std::string& id);
  absl::Status set_final(const std::string& id, const char* column, MessageKind kind);
  absl::StatusOr<std::int64_t> number_of(const std::string& id, const char* column);

  std::unique_ptr<Database> database_;
  std::int64_t found_version_ = 0;
  MessageReceivers receivers_;
};

}  // namespace focus::core::store
