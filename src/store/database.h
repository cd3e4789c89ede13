// SPDX-License-Identifier: MIT
#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <absl/status/status.h>
#include <absl/status/statusor.h>

struct sqlite3;
struct sqlite3_stmt;

namespace focus::core::store {

class Database;

/// A prepared SQL statement. Binding and stepping report at `step` alone; columns are valid until
/// the next step.
class Statement {
 public:
  Statement(Statement&&) = default;
  Statement& operator=(Statement&&) = default;

  /// Parameters `?` are bound in order, from the first on.
  Statement& bind(std::int64_t value);
  Statement& bind(double value);
  Statement& bind(const std::string& value);
  Statement& bind_null();
  /// The value in a column of the row that `row` stands on, whatever its type.
  Statement& bind_column(const Statement& row, int column);

  /// Parameters with a name, such as ":goal". A name that the statement lacks is an error of
  /// `step`.
  Statement& bind(const std::string& name, std::int64_t value);
  Statement& bind(const std::string& name, double value);
  Statement& bind(const std::string& name, const std::string& value);
  Statement& bind_null(const std::string& name);

  /// True when there is a row, false when the statement is done.
  absl::StatusOr<bool> step();
  /// For a statement that gives no rows.
  absl::Status run();
  /// The same, for a statement that is kept and run again. Makes no error and takes no memory for
  /// one.
  void try_once() noexcept;

  std::int64_t integer(int column) const;
  double real(int column) const;
  std::string text(int column) const;
  bool is_null(int column) const;
  /// The number of the column with this name; -1 where there is none. Row reads by names.
  int column(std::string_view name) const;

 private:
  friend class Database;
  struct Finalize {
    void operator()(sqlite3_stmt* statement) const;
  };
  Statement(Database* database, sqlite3_stmt* statement)
      : database_(database), statement_(statement) {}

  int parameter(const std::string& name) const;

  Database* database_;
  std::unique_ptr<sqlite3_stmt, Finalize> statement_;
  int next_parameter_ = 1;
  int bind_result_ = 0;
};

/// The texts in the first column of all rows that the statement gives.
absl::StatusOr<std::vector<std::string>> texts_of(Statement select);

/// Returns the error of a catalogue whose rows can not be true: it holds `what`.
absl::Status damaged_catalogue(const std::string& what);

/// How many pages of a database's log are in use.
using LogPages = std::atomic<std::int64_t>;

/// One SQLite connection. Not thread-safe: its owner guards it.
class Database {
 public:
  static absl::StatusOr<std::unique_ptr<Database>> open(const std::string& path);

  /// From here on each commit writes how many pages of the log are in use into `pages`, and no
  /// longer checkpoints by itself.
  void watch_log(std::shared_ptr<LogPages> pages);

  absl::Status execute(const std::string& sql);
  absl::StatusOr<Statement> prepare(const std::string& sql);

  /// Whether a transaction is open on this connection.
  bool in_transaction() const;
  /// Ends an open transaction without its changes. Returns whether none is open any more. Never
  /// throws; takes no memory of its own once `prepare_rollback` has succeeded.
  bool roll_back() noexcept;
  absl::Status prepare_rollback();

  /// The error of the last call on this connection, naming the file and the remedy.
  absl::Status error(int result) const;

 private:
  struct Close {
    void operator()(sqlite3* database) const;
  };
  Database(std::string path, std::unique_ptr<sqlite3, Close> database)
      : path_(std::move(path)), database_(std::move(database)) {}

  std::string path_;
  std::shared_ptr<LogPages> log_pages_;
  std::unique_ptr<sqlite3, Close> database_;
  std::unique_ptr<Statement> rollback_;  // finalized before the connection is closed
};

/// BEGIN IMMEDIATE, and ROLLBACK unless it was committed. What a failed ROLLBACK has left open is
/// rolled back before the next transaction begins.
class Transaction {
 public:
  static absl::StatusOr<Transaction> begin(Database& database);
  Transaction(Transaction&& other) noexcept : database_(other.database_) {
    other.database_ = nullptr;
  }
  Transaction& operator=(Transaction&&) = delete;
  ~Transaction();

  absl::Status commit();

 private:
  explicit Transaction(Database* database) : database_(database) {}
  Database* database_;
};

}  // namespace focus::core::store
