// SPDX-License-Identifier: MIT
#pragma once

#include <memory>
#include <string>

#include <absl/status/statusor.h>

#include "base/disk_sync.h"
#include "store/data_folder.h"
#include "store/file_checks.h"
#include "store/folder_lock.h"
#include "store/folder_segment_shelf.h"
#include "store/folder_session_shelf.h"
#include "store/folder_track_shelf.h"
#include "store/shared_catalogue.h"
#include "store/sqlite_answer_shelf.h"
#include "store/sqlite_message_shelf.h"
#include "store/sqlite_spend_ledger.h"
#include "store/sqlite_url_key_shelf.h"
#include "store/sqlite_work_board.h"
#include "store/store.h"

namespace focus::core::store {

/// A store in a folder: `catalogue.sqlite`, `sessions` with one folder a session, in it `000.flac`,
/// `001.flac`, ..., and `tracks` with a file each. One service at a time may have it open.
class FolderStore final : public Store {
 public:
  /// Opens `folder`, which is created when only itself is missing. `disk` outlives the store.
  static absl::StatusOr<std::unique_ptr<FolderStore>> open(const std::string& folder,
                                                           DiskSync& disk = DiskSync::system());
  /// A private folder that is removed with the store and so need not survive a crash.
  static absl::StatusOr<std::unique_ptr<FolderStore>> open_temporary();
  ~FolderStore() override;
  /// Removes what killed processes of this user have left of temporary stores and of the folders in
  /// which commands work. Opening a store does so by itself.
  static void clear_up_temporary_folders();

  SessionShelf& sessions() override { return sessions_; }
  SegmentShelf& segments() override { return segments_; }
  WorkBoard& board() override { return board_; }
  TrackShelf& tracks() override { return tracks_; }
  UrlKeyShelf& url_keys() override { return url_keys_; }
  SpendLedger& ledger() override { return ledger_; }
  AnswerShelf& answers() override { return answers_; }
  MessageShelf& messages() override { return messages_; }
  absl::StatusOr<std::vector<OwnerBytes>> bytes_by_owner() override;

 private:
  FolderStore(DataFolder folder, std::unique_ptr<FolderLock> lock,
              std::unique_ptr<SharedCatalogue> catalogue);
  static absl::StatusOr<std::unique_ptr<FolderStore>> open_in(const std::string& path,
                                                              DataFolder::Lifetime lifetime,
                                                              DiskSync& disk);
  absl::Status clear_up_after_others();

  const DataFolder folder_;
  std::unique_ptr<FolderLock> lock_;
  std::unique_ptr<SharedCatalogue> catalogue_;
  FileChecks checks_;
  FolderSessionShelf sessions_;
  FolderSegmentShelf segments_;
  SqliteWorkBoard board_;
  FolderTrackShelf tracks_;
  SqliteUrlKeyShelf url_keys_;
  SqliteSpendLedger ledger_;
  SqliteAnswerShelf answers_;
  SqliteMessageShelf messages_;
};

}  // namespace focus::core::store
