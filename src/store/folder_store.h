// SPDX-License-Identifier: MIT
#pragma once

#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "audio/file.h"
#include "base/atomic_file.h"
#include "store/catalogue.h"
#include "store/catalogue_spend_ledger.h"
#include "store/folder_lock.h"
#include "store/store.h"

namespace focus::core {

/// A store in a folder: `catalogue.sqlite`, `sessions` with one folder a session, in it `000.flac`,
/// `001.flac`, ..., and `tracks` with a file each. One service at a time may have it open.
class FolderStore final : public Store {
 public:
  /// Opens `folder`, which is created when only itself is missing.
  static absl::StatusOr<std::unique_ptr<FolderStore>> open(const std::string& folder);
  /// A private folder that is removed with the store and so need not survive a crash.
  static absl::StatusOr<std::unique_ptr<FolderStore>> open_temporary();
  ~FolderStore() override;

  absl::Status add_session(const SessionRecord& session) override;
  absl::StatusOr<SessionRecord> session(const std::string& id) override;
  absl::StatusOr<std::vector<std::string>> session_ids() override;
  absl::Status set_ended(const std::string& id) override;
  absl::Status set_stopped_cap(const std::string& id) override;
  absl::Status add_change(const std::string& id, const Change& change, int first_gone,
                          const std::function<void()>& give_up) override;
  absl::Status delete_session(const std::string& id, const std::function<void()>& give_up) override;
  absl::Status touch(const std::string& id, std::int64_t unix_seconds) override;
  absl::StatusOr<std::vector<std::string>> untouched_since(std::int64_t unix_seconds) override;
  absl::StatusOr<SegmentRecord> put_segment(const std::string& session_id, AudioFormat format,
                                            SegmentRecord segment, AudioBuffer&& audio,
                                            std::uint64_t dither_seed,
                                            const CancelToken& cancel) override;
  absl::StatusOr<std::vector<SegmentRecord>> segments(const std::string& session_id) override;
  absl::StatusOr<std::unique_ptr<SegmentReader>> open_segment(const std::string& session_id,
                                                              int index) override;
  SpendLedger& spend_ledger() override { return ledger_; }
  absl::StatusOr<TrackRecord> add_track(TrackRecord track, const AudioBytes& audio) override;
  absl::StatusOr<TrackRecord> track(const std::string& id) override;
  absl::StatusOr<std::vector<TrackRecord>> tracks() override;
  absl::StatusOr<std::vector<TrackRecord>> tracks_of(const TrackQuery& query) override;
  absl::StatusOr<std::optional<TrackRecord>> track_of(const std::string& session_id,
                                                      int segment_index) override;
  absl::Status remove_track(const std::string& id) override;
  absl::StatusOr<std::unique_ptr<AudioBytes>> open_track(const std::string& id) override;
  absl::StatusOr<std::vector<UrlKey>> url_keys() override;
  absl::Status add_url_key(const UrlKey& key) override;

 private:
  enum class Lifetime { lasting, temporary };
  FolderStore(std::string folder, Lifetime lifetime, std::unique_ptr<FolderLock> lock,
              std::unique_ptr<Catalogue> catalogue);
  static absl::StatusOr<std::unique_ptr<FolderStore>> open_in(const std::string& path,
                                                              Lifetime lifetime);

  std::string session_folder(const std::string& session_id) const;
  std::string segment_path(const std::string& session_id, AudioFormat format, int index) const;
  /// Where `file`, a path within the data folder, is.
  std::string path_in(const std::string& file) const { return folder_ + "/" + file; }
  AtomicFile::Durability durability() const;
  void remove_partial_files() const;
  absl::Status give_up(const std::string& session_id, std::unique_ptr<AudioFileWriter> file);
  absl::Status record_track(const TrackRecord& track, const std::string& file);
  void remove_leftover(const std::string& file);

  const std::string folder_;
  const Lifetime lifetime_;
  std::unique_ptr<FolderLock> lock_;
  std::mutex keeping_;  // held while a segment gets its name and record; taken before mutex_
  std::mutex mutex_;    // guards catalogue_
  std::unique_ptr<Catalogue> catalogue_;
  CatalogueSpendLedger ledger_;
};

}  // namespace focus::core
