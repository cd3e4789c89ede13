// SPDX-License-Identifier: MIT
#include "store/cluster/cluster_store.h"

#include <utility>

#include <absl/strings/str_cat.h>

#include "base/error.h"
#include "store/data_folder.h"
#include "store/postgres/schema.h"

namespace focus::core::store {

ClusterStore::ClusterStore(Parts parts, std::unique_ptr<Pause> pause,
                           std::unique_ptr<UploadOutbox> outbox)
    : pool_(std::move(parts.database)),
      objects_(std::move(parts.objects)),
      pause_(std::move(pause)),
      outbox_(std::move(outbox)),
      segments_(pool_, messages_, *objects_, *outbox_, board_),
      tracks_(pool_, messages_, *objects_, parts.work_folder),
      answers_(pool_),
      duties_(pool_, *objects_),
      notices_(pool_.options()) {}

absl::StatusOr<std::unique_ptr<ClusterStore>> ClusterStore::open(Parts parts) {
  FOCUS_RETURN_IF_ERROR(check_database_url(parts.database.url));
  parts.database.client =
      absl::StrCat("focus-session ", absl::Hex(parts.entropy->bits(), absl::kZeroPad16));
  {
    PgPool pool(parts.database);
    FOCUS_RETURN_IF_ERROR(with_field(prepare_pg_schema(pool), "database_url"));
  }
  const DataFolder folder(parts.work_folder, DataFolder::Lifetime::temporary, DiskSync::system());
  FOCUS_RETURN_IF_ERROR(folder.make_folder(parts.work_folder));
  auto pause = std::make_unique<Pause>();
  UploadOutboxOptions options;
  options.folder = folder.path_in("outbox");
  FOCUS_ASSIGN_OR_RETURN(
      auto outbox, UploadOutbox::open(std::move(options), *parts.objects, *parts.entropy, *pause));
  return std::unique_ptr<ClusterStore>(
      new ClusterStore(std::move(parts), std::move(pause), std::move(outbox)));
}

absl::StatusOr<std::vector<OwnerBytes>> ClusterStore::bytes_by_owner() {
  FOCUS_ASSIGN_OR_RETURN(
      const PgRows rows,
      pool_.read("SELECT session.organization, session.caller, SUM(segment.bytes)::bigint "
                 "FROM segment JOIN session ON session.id = segment.session_id "
                 "WHERE segment.state = 2 GROUP BY 1, 2 "
                 "UNION ALL SELECT organization, caller, SUM(bytes)::bigint FROM track "
                 "GROUP BY 1, 2"));
  std::vector<OwnerBytes> owners;
  for (int row = 0; row < rows.count(); ++row) {
    owners.push_back({rows.text(row, 0), rows.text(row, 1), rows.integer(row, 2)});
  }
  return owners;
}

}  // namespace focus::core::store
