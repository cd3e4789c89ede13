// SPDX-License-Identifier: MIT
#pragma once

#include <memory>
#include <string>
#include <vector>

#include <absl/status/statusor.h>

#include "store/cluster.h"
#include "store/cluster/cluster_segment_shelf.h"
#include "store/cluster/cluster_track_shelf.h"
#include "store/objects/object_shelf.h"
#include "store/postgres/answer_shelf.h"
#include "store/postgres/duties.h"
#include "store/postgres/key_shelves.h"
#include "store/postgres/message_shelf.h"
#include "store/postgres/notices.h"
#include "store/postgres/pool.h"
#include "store/postgres/rate_shelf.h"
#include "store/postgres/session_shelf.h"
#include "store/postgres/spend_ledger.h"
#include "store/postgres/work_board.h"
#include "store/store.h"

namespace focus::core::store {

/// The store of many equal nodes: rows in PostgreSQL, audio in a shelf of objects that all of them
/// reach. While the database is away every call answers Fault::unavailable, soon; audio that was
/// opened before stays readable.
class ClusterStore final : public Store, public Cluster {
 public:
  struct Parts {
    PgPool::Options database;
    std::unique_ptr<ObjectShelf> objects;
    /// Of this node alone; made where there is none. Files are written here before they are put.
    std::string work_folder;
    Entropy* entropy = &Entropy::system();  ///< outlives the store
  };
  /// Brings the database up to date (see prepare_pg_schema) and begins to listen. The errors of
  /// the database name the field "database_url".
  static absl::StatusOr<std::unique_ptr<ClusterStore>> open(Parts parts);
  /// Uploads that wait for a storage which is away end as cancelled.
  ~ClusterStore() override { pause_->stop(); }

  SessionShelf& sessions() override { return sessions_; }
  SegmentShelf& segments() override { return segments_; }
  SharedBoard& board() override { return board_; }
  TrackShelf& tracks() override { return tracks_; }
  UrlKeyShelf& url_keys() override { return url_keys_; }
  SpendLedger& ledger() override { return ledger_; }
  AnswerShelf& answers() override { return answers_; }
  PgMessageShelf& messages() override { return messages_; }
  absl::StatusOr<std::vector<OwnerBytes>> bytes_by_owner() override;
  Cluster* cluster() override { return this; }

  PgNotices& notices() override { return notices_; }
  Duties& duties() override { return duties_; }
  AccessKeyShelf& access_keys() override { return access_keys_; }
  RateShelf& rates() override { return rates_; }
  absl::Status check_room() override { return outbox_->check_room(); }
  absl::StatusOr<std::optional<std::string>> direct_url(const std::string& session_id, int index,
                                                        std::int64_t now,
                                                        std::int64_t until) override {
    return segments_.direct_url(session_id, index, now, until);
  }

  /// The audio that waits for the storage.
  const UploadOutbox& outbox() const { return *outbox_; }
  /// For tests.
  PgPool& pool() { return pool_; }

 private:
  ClusterStore(Parts parts, std::unique_ptr<Pause> pause, std::unique_ptr<UploadOutbox> outbox);

  PgPool pool_;
  const std::unique_ptr<ObjectShelf> objects_;
  const std::unique_ptr<Pause> pause_;
  const std::unique_ptr<UploadOutbox> outbox_;
  PgMessageShelf messages_{pool_};
  PgSessionShelf sessions_{pool_, messages_};
  PgWorkBoard board_{pool_};
  ClusterSegmentShelf segments_;
  ClusterTrackShelf tracks_;
  PgUrlKeyShelf url_keys_{pool_};
  PgSpendLedger ledger_{pool_};
  PgAnswerShelf answers_;
  PgDuties duties_;
  PgAccessKeyShelf access_keys_{pool_};
  PgRateShelf rates_{pool_};
  PgNotices notices_;  // last: its thread ends before anything it may use goes
};

}  // namespace focus::core::store
