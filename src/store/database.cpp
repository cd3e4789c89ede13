// SPDX-License-Identifier: MIT
#include "store/database.h"

#include <sqlite3.h>
#if !defined(_WIN32)
#include <sys/resource.h>
#endif

#include <absl/strings/str_cat.h>

#include "base/error.h"
#include "base/file_signals.h"
#include "store/row.h"

namespace focus::core::store {
namespace {

constexpr int kBusyTimeoutMs = 5000;

/// Whether files of this process are limited (`ulimit -f`). SQLite tells a write beyond the limit
/// like a defect of the disk, which is much rarer where there is a limit.
bool has_file_limit() {
#if defined(RLIMIT_FSIZE)
  rlimit limit;
  return ::getrlimit(RLIMIT_FSIZE, &limit) == 0 && limit.rlim_cur != RLIM_INFINITY;
#else
  return false;
#endif
}

}  // namespace

absl::StatusOr<std::vector<std::string>> texts_of(Statement select) {
  std::vector<std::string> texts;
  while (true) {
    FOCUS_ASSIGN_OR_RETURN(const bool more, select.step());
    if (!more) return texts;
    texts.push_back(select.text(0));
  }
}

absl::Status damaged_catalogue(const std::string& what) {
  return fault_error(Fault::bad_data,
                     absl::StrCat("the catalogue is damaged: it holds ", what,
                                  "; run `focus-session store repair` on its folder, or "
                                  "restore it"));
}

void Statement::Finalize::operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
void Database::Close::operator()(sqlite3* database) const {
  const FileSignals guard;
  sqlite3_close_v2(database);
}

Statement& Statement::bind(std::int64_t value) {
  bind_result_ |= sqlite3_bind_int64(statement_.get(), next_parameter_++, value);
  return *this;
}
Statement& Statement::bind(double value) {
  bind_result_ |= sqlite3_bind_double(statement_.get(), next_parameter_++, value);
  return *this;
}
Statement& Statement::bind(const std::string& value) {
  bind_result_ |= sqlite3_bind_text64(statement_.get(), next_parameter_++, value.data(),
                                      value.size(), SQLITE_TRANSIENT, SQLITE_UTF8);
  return *this;
}
Statement& Statement::bind_null() {
  bind_result_ |= sqlite3_bind_null(statement_.get(), next_parameter_++);
  return *this;
}

Statement& Statement::bind_column(const Statement& row, int column) {
  bind_result_ |= sqlite3_bind_value(statement_.get(), next_parameter_++,
                                     sqlite3_column_value(row.statement_.get(), column));
  return *this;
}

Statement& Statement::bind(const std::string& name, std::int64_t value) {
  bind_result_ |= sqlite3_bind_int64(statement_.get(), parameter(name), value);
  return *this;
}
Statement& Statement::bind(const std::string& name, double value) {
  bind_result_ |= sqlite3_bind_double(statement_.get(), parameter(name), value);
  return *this;
}
Statement& Statement::bind(const std::string& name, const std::string& value) {
  bind_result_ |= sqlite3_bind_text64(statement_.get(), parameter(name), value.data(), value.size(),
                                      SQLITE_TRANSIENT, SQLITE_UTF8);
  return *this;
}
Statement& Statement::bind_null(const std::string& name) {
  bind_result_ |= sqlite3_bind_null(statement_.get(), parameter(name));
  return *this;
}

/// 0 where the statement has no such parameter; binding to 0 is SQLITE_RANGE.
int Statement::parameter(const std::string& name) const {
  return sqlite3_bind_parameter_index(statement_.get(), name.c_str());
}

int Statement::column(std::string_view name) const {
  const int count = sqlite3_column_count(statement_.get());
  for (int column = 0; column < count; ++column) {
    if (name == sqlite3_column_name(statement_.get(), column)) return column;
  }
  return -1;
}

absl::Status Row::status() const {
  if (missing_.empty()) return absl::OkStatus();
  return internal_error(absl::StrCat("a statement does not select the column ", missing_));
}

absl::StatusOr<bool> Statement::step() {
  if (bind_result_ != SQLITE_OK) return database_->error(bind_result_);
  const FileSignals guard;
  const int result = sqlite3_step(statement_.get());
  if (result == SQLITE_ROW) return true;
  if (result == SQLITE_DONE) return false;
  return database_->error(result);
}

absl::Status Statement::run() { return step().status(); }

void Statement::try_once() noexcept {
  sqlite3_step(statement_.get());
  sqlite3_reset(statement_.get());
}

std::int64_t Statement::integer(int column) const {
  return sqlite3_column_int64(statement_.get(), column);
}
double Statement::real(int column) const { return sqlite3_column_double(statement_.get(), column); }
std::string Statement::text(int column) const {
  const auto* bytes = reinterpret_cast<const char*>(sqlite3_column_text(statement_.get(), column));
  if (bytes == nullptr) return {};
  return {bytes, static_cast<std::size_t>(sqlite3_column_bytes(statement_.get(), column))};
}
bool Statement::is_null(int column) const {
  return sqlite3_column_type(statement_.get(), column) == SQLITE_NULL;
}

absl::StatusOr<std::unique_ptr<Database>> Database::open(const std::string& path) {
  sqlite3* handle = nullptr;
  const int result =
      sqlite3_open_v2(path.c_str(), &handle,
                      SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX, nullptr);
  std::unique_ptr<sqlite3, Close> owned(handle);
  std::unique_ptr<Database> database(new Database(path, std::move(owned)));
  if (result != SQLITE_OK) return database->error(result);
  sqlite3_busy_timeout(handle, kBusyTimeoutMs);
  return database;
}

void Database::watch_log(std::shared_ptr<LogPages> pages) {
  log_pages_ = std::move(pages);
  const auto note = [](void* watched, sqlite3*, const char*, int count) {
    static_cast<LogPages*>(watched)->store(count);
    return SQLITE_OK;
  };
  sqlite3_wal_hook(database_.get(), note, log_pages_.get());
}

absl::Status Database::execute(const std::string& sql) {
  const FileSignals guard;
  const int result = sqlite3_exec(database_.get(), sql.c_str(), nullptr, nullptr, nullptr);
  return result == SQLITE_OK ? absl::OkStatus() : error(result);
}

absl::StatusOr<Statement> Database::prepare(const std::string& sql) {
  sqlite3_stmt* statement = nullptr;
  const int result = sqlite3_prepare_v2(database_.get(), sql.c_str(), -1, &statement, nullptr);
  if (result != SQLITE_OK) return error(result);
  return Statement(this, statement);
}

bool Database::in_transaction() const { return sqlite3_get_autocommit(database_.get()) == 0; }

absl::Status Database::prepare_rollback() {
  if (rollback_) return absl::OkStatus();
  FOCUS_ASSIGN_OR_RETURN(Statement rollback, prepare("ROLLBACK"));
  rollback_ = std::make_unique<Statement>(std::move(rollback));
  return absl::OkStatus();
}

bool Database::roll_back() noexcept {
  // Not by `execute`, whose error wants memory: this runs in destructors, and where memory is
  // short.
  if (!in_transaction()) return true;
  if (rollback_) {
    rollback_->try_once();
  } else {
    sqlite3_exec(database_.get(), "ROLLBACK", nullptr, nullptr, nullptr);
  }
  return !in_transaction();
}

absl::Status Database::error(int result) const {
  const std::string why = database_ ? sqlite3_errmsg(database_.get()) : sqlite3_errstr(result);
  const int extended = database_ ? sqlite3_extended_errcode(database_.get()) : result;
  switch (extended == SQLITE_IOERR_WRITE && has_file_limit() ? SQLITE_FULL : result & 0xFF) {
    case SQLITE_FULL:
      return no_space(path_, "the disk is full; free some space or choose another folder");
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      return damaged(path_, absl::StrCat("the catalogue is damaged (", why,
                                         "); run `focus-session store repair` on its folder, or "
                                         "restore it"));
    case SQLITE_CANTOPEN:
    case SQLITE_READONLY:
    case SQLITE_PERM:
      return io_error(path_, absl::StrCat("the catalogue cannot be opened for writing (", why,
                                          "); choose a folder you may write to"));
    case SQLITE_NOMEM:
      return path_error(Fault::memory, path_, why);
    default:
      return io_error(path_, why);
  }
}

absl::StatusOr<Transaction> Transaction::begin(Database& database) {
  FOCUS_RETURN_IF_ERROR(database.prepare_rollback());
  database.roll_back();
  FOCUS_RETURN_IF_ERROR(database.execute("BEGIN IMMEDIATE"));
  return Transaction(&database);
}

Transaction::~Transaction() {
  if (database_ != nullptr) database_->roll_back();
}

absl::Status Transaction::commit() {
  FOCUS_RETURN_IF_ERROR(database_->execute("COMMIT"));
  database_ = nullptr;
  return absl::OkStatus();
}

}  // namespace focus::core::store
