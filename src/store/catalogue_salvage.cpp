// SPDX-License-Identifier: MIT
#include "store/catalogue_salvage.h"

#include <algorithm>
#include <utility>
#include <vector>

#include <absl/strings/str_cat.h>
#include <absl/strings/str_join.h>

#include "base/error.h"

namespace focus::core::store {
namespace {

struct SalvagedTable {
  const char* name;
  std::vector<std::string> key;  ///< in whose order its rows lie
};

/// A table comes after those that its rows refer to.
const std::vector<SalvagedTable>& salvaged_tables() {
  static const std::vector<SalvagedTable> tables = {
      {"session", {"rowid"}},
      {"segment", {"session_id", "number"}},
      {"change", {"session_id", "number"}},
      {"track", {"rowid"}},
      {"url_key", {"number"}},
      {"answer", {"number"}},
      {"message", {"number"}},
      {"settled_by_session", {"session_id"}},
      {"settled_on_day", {"day", "organization"}},
  };
  return tables;
}

std::vector<std::string> columns_of(Database& database, const std::string& table) {
  std::vector<std::string> columns;
  auto info = database.prepare(absl::StrCat("PRAGMA table_info(", table, ")"));
  if (!info.ok()) return columns;
  while (true) {
    const absl::StatusOr<bool> more = info->step();
    if (!more.ok() || !*more) return columns;
    columns.push_back(info->text(1));
  }
}

/// Copies the row that `row` stands on, and returns whether it was copied: not where it is there
/// already, holds what can not be, or refers to a row that is lost.
bool copy_row(Database& target, const std::string& insert_sql, const Statement& row, int columns) {
  auto insert = target.prepare(insert_sql);
  if (!insert.ok()) return false;
  for (int column = 0; column < columns; ++column) insert->bind_column(row, column);
  const absl::StatusOr<bool> inserted = insert->step();
  return inserted.ok() && *inserted;
}

/// Reads a table from one end, until its other end or a damaged page.
int copy_rows(Database& damaged, Database& target, const SalvagedTable& table,
              const std::vector<std::string>& columns, const char* direction) {
  std::vector<std::string> order;
  for (const std::string& column : table.key) order.push_back(absl::StrCat(column, direction));
  const std::string list = absl::StrJoin(columns, ", ");
  auto select = damaged.prepare(absl::StrCat("SELECT ", list, " FROM ", table.name, " ORDER BY ",
                                             absl::StrJoin(order, ", ")));
  if (!select.ok()) return 0;
  const std::vector<std::string> parameters(columns.size(), "?");
  const std::string insert =
      absl::StrCat("INSERT OR IGNORE INTO ", table.name, " (", list, ") VALUES (",
                   absl::StrJoin(parameters, ", "), ") RETURNING 1");
  int rows = 0;
  while (true) {
    const absl::StatusOr<bool> more = select->step();
    if (!more.ok() || !*more) return rows;
    rows += copy_row(target, insert, *select, static_cast<int>(columns.size()));
  }
}

int copy_table(Database& damaged, Database& target, const SalvagedTable& table) {
  const std::vector<std::string> known = columns_of(target, table.name);
  std::vector<std::string> columns;
  if (table.key.front() == "rowid") columns.emplace_back("rowid");  // rows keep their order
  for (const std::string& column : columns_of(damaged, table.name)) {
    if (std::find(known.begin(), known.end(), column) != known.end()) columns.push_back(column);
  }
  // From both ends: a damaged page costs the rows that lie on it, and not those behind it.
  return copy_rows(damaged, target, table, columns, "") +
         copy_rows(damaged, target, table, columns, " DESC");
}

std::int64_t version_of(Database& database) {
  auto select = database.prepare("PRAGMA user_version");
  if (!select.ok()) return 0;
  const absl::StatusOr<bool> found = select->step();
  return found.ok() && *found ? select->integer(0) : 0;
}

}  // namespace

absl::StatusOr<int> salvage_catalogue(const std::string& damaged, Catalogue& target) {
  const auto opened = Database::open(damaged);
  if (!opened.ok()) return 0;
  Database& database = **opened;
  if (version_of(database) > Catalogue::newest_version()) {
    return fault_error(Fault::unsupported,
                       "the catalogue was written by a newer version of the library; repair it "
                       "with that version");
  }
  FOCUS_ASSIGN_OR_RETURN(Transaction transaction, target.begin());
  int rows = 0;
  for (const SalvagedTable& table : salvaged_tables()) {
    rows += copy_table(database, target.database(), table);
  }
  FOCUS_RETURN_IF_ERROR(transaction.commit());
  return rows;
}

}  // namespace focus::core::store
