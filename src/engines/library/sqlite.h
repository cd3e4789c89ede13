// SPDX-License-Identifier: MIT
// The little of SQLite that the catalogue of a library needs. It is a cache of its own, which no
// room above knows: the store has another one, with other duties.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include <absl/status/status.h>
#include <absl/status/statusor.h>

struct sqlite3;
struct sqlite3_stmt;

namespace focus::core::engines {

/// A prepared statement. Parameters `?` are bound in order; what failed is told by step().
class SqliteStatement {
 public:
  SqliteStatement& bind(std::int64_t value);
  SqliteStatement& bind(double value);
  SqliteStatement& bind(std::string_view value);
  SqliteStatement& bind_bytes(std::string_view value);
  SqliteStatement& bind_null();

  /// True where there is a row, false where it is done.
  absl::StatusOr<bool> step();
  /// Steps once, and makes it ready to be bound again.
  absl::Status run();

  std::int64_t integer(int column) const;
  double real(int column) const;
  std::string text(int column) const;
  bool is_null(int column) const;

 private:
  friend class SqliteFile;
  struct Finalize {
    void operator()(sqlite3_stmt* statement) const;
  };
  SqliteStatement(std::string path, sqlite3_stmt* statement)
      : path_(std::move(path)), statement_(statement) {}

  std::string path_;
  std::unique_ptr<sqlite3_stmt, Finalize> statement_;
  int next_ = 1;
};

/// One connection. Not thread-safe.
class SqliteFile {
 public:
  /// Makes the file where there is none. Fault::bad_data for one that is no database.
  static absl::StatusOr<std::unique_ptr<SqliteFile>> open(const std::string& path);

  absl::Status execute(const std::string& sql);
  absl::StatusOr<SqliteStatement> prepare(const std::string& sql);
  /// The one number that a statement gives; 0 where it gives none.
  absl::StatusOr<std::int64_t> number(const std::string& sql);

 private:
  struct Close {
    void operator()(sqlite3* database) const;
  };
  SqliteFile(std::string path, sqlite3* database) : path_(std::move(path)), database_(database) {}

  std::string path_;
  std::unique_ptr<sqlite3, Close> database_;
};

}  // namespace focus::core::engines
