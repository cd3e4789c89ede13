// SPDX-License-Identifier: MIT
#include "store/owner_bytes.h"

#include "base/error.h"

namespace focus::core::store {

absl::StatusOr<std::vector<OwnerBytes>> read_bytes_by_owner(Database& database) {
  FOCUS_ASSIGN_OR_RETURN(
      Statement select,
      database.prepare(
          "SELECT organization, caller, sum(segment.bytes) FROM segment "
          "JOIN session ON session.id = segment.session_id GROUP BY organization, caller "
          "UNION ALL "
          "SELECT organization, caller, sum(bytes) FROM track GROUP BY organization, caller"));
  std::vector<OwnerBytes> owners;
  while (true) {
    FOCUS_ASSIGN_OR_RETURN(const bool more, select.step());
    if (!more) return owners;
    owners.push_back({select.text(0), select.text(1), select.integer(2)});
  }
}

}  // namespace focus::core::store
