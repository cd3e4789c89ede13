// SPDX-License-Identifier: MIT
#include "store/postgres/turns.h"

#include "base/error.h"

namespace focus::core::store {
namespace {

/// Of how many organizations the last caller is known. Beyond, all are forgotten, and the callers
/// of each begin again with the first.
constexpr std::size_t kMostOrganizations = 10'000;

/// Each statement is one step in the index segment_turn.
#define FOCUS_PG_PLANNED "state = 0 AND due IS NOT NULL"

absl::StatusOr<std::optional<std::string>> first_text(absl::StatusOr<PgRows> rows) {
  FOCUS_RETURN_IF_ERROR(rows.status());
  return rows->empty() ? std::optional<std::string>() : std::optional(rows->text(0, 0));
}

/// The first organization behind `last`; the first of all where there is none.
absl::StatusOr<std::optional<std::string>> organization_after(PgConnection& connection,
                                                              const std::string& last) {
  FOCUS_ASSIGN_OR_RETURN(
      auto next, first_text(connection.run("SELECT organization FROM segment "
                                           "WHERE " FOCUS_PG_PLANNED " AND organization > $1 "
                                           "ORDER BY organization LIMIT 1",
                                           {last})));
  if (next) return next;
  return first_text(connection.run("SELECT organization FROM segment WHERE " FOCUS_PG_PLANNED
                                   " ORDER BY organization LIMIT 1"));
}

absl::StatusOr<std::optional<std::string>> caller_after(PgConnection& connection,
                                                        const std::string& organization,
                                                        const std::string& last) {
  FOCUS_ASSIGN_OR_RETURN(
      auto next, first_text(connection.run("SELECT caller FROM segment WHERE " FOCUS_PG_PLANNED
                                           " AND organization = $1 AND caller > $2 "
                                           "ORDER BY caller LIMIT 1",
                                           {organization, last})));
  if (next) return next;
  return first_text(connection.run("SELECT caller FROM segment WHERE " FOCUS_PG_PLANNED
                                   " AND organization = $1 ORDER BY caller LIMIT 1",
                                   {organization}));
}

}  // namespace

absl::StatusOr<std::optional<PgOwner>> PgTurns::next(PgConnection& connection) {
  std::string last;
  {
    const MutexLock lock(mutex_);
    last = last_organization_;
  }
  FOCUS_ASSIGN_OR_RETURN(const auto organization, organization_after(connection, last));
  if (!organization) return std::optional<PgOwner>();
  FOCUS_ASSIGN_OR_RETURN(const auto caller,
                         caller_after(connection, *organization, last_caller_of(*organization)));
  if (!caller) return std::optional<PgOwner>();
  const MutexLock lock(mutex_);
  last_organization_ = *organization;
  if (last_callers_.size() >= kMostOrganizations) last_callers_.clear();
  last_callers_[*organization] = *caller;
  return std::optional(PgOwner{*organization, *caller});
}

std::string PgTurns::last_caller_of(const std::string& organization) {
  const MutexLock lock(mutex_);
  const auto known = last_callers_.find(organization);
  return known == last_callers_.end() ? std::string() : known->second;
}

}  // namespace focus::core::store
