// SPDX-License-Identifier: MIT
#include "store/postgres/key_shelves.h"

#include <utility>

#include <absl/strings/escaping.h>
#include <absl/strings/str_join.h>
#include <absl/strings/str_split.h>

#include "base/error.h"

namespace focus::core::store {
namespace {

/// Names have no white space (rest/access.h), so that one line holds a list of them.
std::string line_of_names(const std::vector<std::string>& names) {
  return absl::StrJoin(names, " ");
}
std::vector<std::string> names_of_line(const std::string& line) {
  return absl::StrSplit(line, ' ', absl::SkipEmpty());
}

constexpr char kRaiseAccess[] = "UPDATE access_revision SET revision = revision + 1";

}  // namespace

absl::StatusOr<std::vector<UrlKey>> PgUrlKeyShelf::list() {
  FOCUS_ASSIGN_OR_RETURN(const PgRows rows, pool_.read("SELECT id, secret, created_at FROM url_key "
                                                       "ORDER BY number DESC LIMIT $1",
                                                       {static_cast<std::int64_t>(kUrlKeysKept)}));
  std::vector<UrlKey> keys;
  for (int row = 0; row < rows.count(); ++row) {
    UrlKey key;
    key.id = rows.text(row, 0);
    key.secret = absl::HexStringToBytes(rows.text(row, 1));
    key.created_at = rows.integer(row, 2);
    keys.push_back(std::move(key));
  }
  return keys;
}

absl::Status PgUrlKeyShelf::add(const UrlKey& key, const std::string& newest) {
  FOCUS_RETURN_IF_ERROR(validate(key));
  return pool_.change([&](PgConnection& connection) -> absl::Status {
    // One at a time, also where there is no key yet that could be locked.
    FOCUS_RETURN_IF_ERROR(connection.execute("LOCK TABLE url_key IN SHARE ROW EXCLUSIVE MODE"));
    FOCUS_ASSIGN_OR_RETURN(const PgRows rows,
                           connection.run("SELECT id FROM url_key ORDER BY number DESC LIMIT 1"));
    if (newest != (rows.empty() ? "" : rows.text(0, 0))) return other_url_key(newest);
    FOCUS_RETURN_IF_ERROR(
        connection
            .run("INSERT INTO url_key (id, secret, created_at) VALUES ($1, $2, $3)",
                 {key.id, absl::BytesToHexString(key.secret), key.created_at})
            .status());
    return connection
        .run(
            "DELETE FROM url_key WHERE number NOT IN "
            "(SELECT number FROM url_key ORDER BY number DESC LIMIT $1)",
            {static_cast<std::int64_t>(kUrlKeysKept)})
        .status();
  });
}

absl::StatusOr<std::vector<AccessKeyRecord>> PgAccessKeyShelf::list() {
  FOCUS_ASSIGN_OR_RETURN(const PgRows rows,
                         pool_.read("SELECT hash, name, organizations, capabilities, "
                                    "requests_per_minute FROM access_key ORDER BY hash"));
  std::vector<AccessKeyRecord> keys;
  for (int row = 0; row < rows.count(); ++row) {
    AccessKeyRecord key;
    key.hash = rows.text(row, 0);
    key.name = rows.text(row, 1);
    key.organizations = names_of_line(rows.text(row, 2));
    key.capabilities = names_of_line(rows.text(row, 3));
    if (!rows.is_null(row, 4)) key.requests_per_minute = rows.small(row, 4);
    keys.push_back(std::move(key));
  }
  return keys;
}

absl::Status PgAccessKeyShelf::put(const AccessKeyRecord& key) {
  return pool_.change([&](PgConnection& connection) -> absl::Status {
    FOCUS_RETURN_IF_ERROR(
        connection
            .run("INSERT INTO access_key (hash, name, organizations, capabilities, "
                 "requests_per_minute) VALUES ($1, $2, $3, $4, $5) ON CONFLICT (hash) DO UPDATE "
                 "SET name = EXCLUDED.name, organizations = EXCLUDED.organizations, "
                 "capabilities = EXCLUDED.capabilities, "
                 "requests_per_minute = EXCLUDED.requests_per_minute",
                 {key.hash, key.name, line_of_names(key.organizations),
                  line_of_names(key.capabilities), key.requests_per_minute})
            .status());
    return connection.run(kRaiseAccess).status();
  });
}

absl::Status PgAccessKeyShelf::remove(const std::string& hash) {
  return pool_.change([&](PgConnection& connection) -> absl::Status {
    FOCUS_RETURN_IF_ERROR(
        connection.run("DELETE FROM access_key WHERE hash = $1", {hash}).status());
    return connection.run(kRaiseAccess).status();
  });
}

absl::StatusOr<std::int64_t> PgAccessKeyShelf::revision() {
  FOCUS_ASSIGN_OR_RETURN(const PgRows rows, pool_.read("SELECT revision FROM access_revision"));
  return rows.empty() ? 0 : rows.integer(0, 0);
}

}  // namespace focus::core::store
