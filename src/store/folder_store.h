// SPDX-License-Identifier: MIT
#pragma once

#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "base/atomic_file.h"
#include "store/catalogue.h"
#include "store/folder_lock.h"
#include "store/store.h"

namespace focus::core {

/// A store in a folder: `catalogue.sqlite`, and one folder a session with `000.flac`, `001.flac`,
/// ... One service at a time may have it open.
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
  absl::StatusOr<SegmentRecord> put_segment(const std::string& session_id, AudioFormat format,
                                            SegmentRecord segment, AudioBuffer&& audio,
                                            std::uint64_t dither_seed,
                                            const CancelToken& cancel) override;
  absl::StatusOr<std::vector<SegmentRecord>> segments(const std::string& session_id) override;
  absl::StatusOr<std::unique_ptr<SegmentReader>> open_segment(const std::string& session_id,
                                                              int index) override;
  SpendLedger& spend_ledger() override { return ledger_; }

 private:
  enum class Lifetime { lasting, temporary };
  FolderStore(std::string folder, Lifetime lifetime, std::unique_ptr<FolderLock> lock,
              std::unique_ptr<Catalogue> catalogue);
  static absl::StatusOr<std::unique_ptr<FolderStore>> open_in(const std::string& path,
                                                              Lifetime lifetime);

  std::string session_folder(const std::string& session_id) const;
  std::string segment_path(const std::string& session_id, AudioFormat format, int index) const;
  void remove_partial_files() const;

  const std::string folder_;
  const Lifetime lifetime_;
  std::unique_ptr<FolderLock> lock_;
  std::mutex keeping_;  // held while a segment gets its name and record; taken before mutex_
  std::mutex mutex_;    // guards catalogue_
  std::unique_ptr<Catalogue> catalogue_;
  CatalogueSpendLedger ledger_;
};

}  // namespace focus::core
