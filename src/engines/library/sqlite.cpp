// SPDX-License-Identifier: MIT
#include "engines/library/sqlite.h"

#include <sqlite3.h>

#include <absl/strings/str_cat.h>

#include "base/error.h"

namespace focus::core::engines {
namespace {

constexpr int kWaitMilliseconds = 10'000;

absl::Status error_of(const std::string& path, sqlite3* database, int result) {
  const char* const message = database != nullptr ? sqlite3_errmsg(database) : "";
  switch (result & 0xFF) {
    case SQLITE_NOMEM:
      return out_of_memory("reading a catalogue");
    case SQLITE_FULL:
      return no_space(path, "the disk is full");
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      return damaged(path, "is damaged, or no catalogue");
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return path_error(Fault::conflict, path, "another program writes to it; try again");
    default:
      return io_error(path, absl::StrCat("the catalogue can not be used: ", message));
  }
}

}  // namespace

void SqliteStatement::Finalize::operator()(sqlite3_stmt* statement) const {
  sqlite3_finalize(statement);
}

SqliteStatement& SqliteStatement::bind(std::int64_t value) {
  sqlite3_bind_int64(statement_.get(), next_++, value);
  return *this;
}
SqliteStatement& SqliteStatement::bind(double value) {
  sqlite3_bind_double(statement_.get(), next_++, value);
  return *this;
}
SqliteStatement& SqliteStatement::bind(std::string_view value) {
  sqlite3_bind_text64(statement_.get(), next_++, value.data(), value.size(), SQLITE_TRANSIENT,
                      SQLITE_UTF8);
  return *this;
}
SqliteStatement& SqliteStatement::bind_bytes(std::string_view value) {
  sqlite3_bind_blob64(statement_.get(), next_++, value.data(), value.size(), SQLITE_TRANSIENT);
  return *this;
}
SqliteStatement& SqliteStatement::bind_null() {
  sqlite3_bind_null(statement_.get(), next_++);
  return *this;
}

absl::StatusOr<bool> SqliteStatement::step() {
  const int result = sqlite3_step(statement_.get());
  if (result == SQLITE_ROW) return true;
  if (result == SQLITE_DONE) return false;
  return error_of(path_, sqlite3_db_handle(statement_.get()), result);
}

absl::Status SqliteStatement::run() {
  const absl::Status done = step().status();
  sqlite3_reset(statement_.get());
  next_ = 1;
  return done;
}

std::int64_t SqliteStatement::integer(int column) const {
  return sqlite3_column_int64(statement_.get(), column);
}
double SqliteStatement::real(int column) const {
  return sqlite3_column_double(statement_.get(), column);
}
std::string SqliteStatement::text(int column) const {
  const auto* const bytes = static_cast<const char*>(sqlite3_column_blob(statement_.get(), column));
  const int count = sqlite3_column_bytes(statement_.get(), column);
  return bytes != nullptr ? std::string(bytes, static_cast<std::size_t>(count)) : std::string();
}
bool SqliteStatement::is_null(int column) const {
  return sqlite3_column_type(statement_.get(), column) == SQLITE_NULL;
}

void SqliteFile::Close::operator()(sqlite3* database) const { sqlite3_close_v2(database); }

absl::StatusOr<std::unique_ptr<SqliteFile>> SqliteFile::open(const std::string& path) {
  sqlite3* database = nullptr;
  const int result =
      sqlite3_open_v2(path.c_str(), &database,
                      SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX, nullptr);
  std::unique_ptr<SqliteFile> file(new SqliteFile(path, database));
  if (result != SQLITE_OK) return error_of(path, database, result);
  sqlite3_busy_timeout(database, kWaitMilliseconds);
  return file;
}

absl::Status SqliteFile::execute(const std::string& sql) {
  const int result = sqlite3_exec(database_.get(), sql.c_str(), nullptr, nullptr, nullptr);
  return result == SQLITE_OK ? absl::OkStatus() : error_of(path_, database_.get(), result);
}

absl::StatusOr<SqliteStatement> SqliteFile::prepare(const std::string& sql) {
  sqlite3_stmt* statement = nullptr;
  const int result = sqlite3_prepare_v2(database_.get(), sql.data(), static_cast<int>(sql.size()),
                                        &statement, nullptr);
  if (result != SQLITE_OK) return error_of(path_, database_.get(), result);
  return SqliteStatement(path_, statement);
}

absl::StatusOr<std::int64_t> SqliteFile::number(const std::string& sql) {
  FOCUS_ASSIGN_OR_RETURN(SqliteStatement statement, prepare(sql));
  FOCUS_ASSIGN_OR_RETURN(const bool found, statement.step());
  return found ? statement.integer(0) : 0;
}

}  // namespace focus::core::engines
