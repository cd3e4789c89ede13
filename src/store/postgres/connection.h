// SPDX-License-Identifier: MIT
#pragma once

#include <memory>
#include <string>
#include <unordered_map>

#include <absl/status/status.h>
#include <absl/status/statusor.h>

#include "store/postgres/values.h"

struct pg_conn;

namespace focus::core::store {

/// How long a connection is waited for, in seconds.
struct PgPatience {
  double to_connect = 3.0;
  double to_answer = 10.0;  ///< of one statement
};

/// Milliseconds since 1970 by the clock of the database's machine when the statement began, as an
/// SQL expression: what leases are counted by, since the clocks of nodes differ.
#define FOCUS_PG_NOW "(extract(epoch FROM statement_timestamp()) * 1000)::bigint"

/// Checks that `url` is one that PostgreSQL's client understands. The error names the field
/// "database_url", and holds nothing of the URL: it may have a password.
absl::Status check_database_url(const std::string& url);

/// One connection to PostgreSQL. Not thread-safe: the pool lends it to one caller at a time. No
/// call waits longer than the patience says, whatever the network or the server do. Errors of the
/// connection and of a server that can not serve now are Fault::unavailable, in words of our own.
class PgConnection {
 public:
  /// `client` is what the server knows the process by, in pg_stat_activity.
  static absl::StatusOr<std::unique_ptr<PgConnection>> open(
      const std::string& url, const PgPatience& patience,
      const std::string& client = "focus-session");

  /// Runs one statement with its parameters $1, $2, ... It is prepared the first time.
  absl::StatusOr<PgRows> run(const std::string& sql, const PgValues& values = {});
  /// Runs statements without parameters that give no rows.
  absl::Status execute(const std::string& sql);

  /// Whether the connection can not be used any more.
  bool is_broken() const { return is_broken_; }
  /// Whether the last error says that the transaction may be tried again: another one was in its
  /// way (serialization failure, deadlock).
  bool may_repeat() const { return may_repeat_; }
  /// Says so again, after the statement that has rolled the transaction back.
  void set_may_repeat() { may_repeat_ = true; }

  // For the listener of notices.

  /// Waits until the server has sent something, and reads it; or until the descriptor can be read,
  /// or the time is over.
  absl::Status wait_for_news(double seconds, int wake_descriptor);
  /// The payload of the next notice that has come, with its channel before it and a space between;
  /// "" where there is none.
  std::string next_notice();

 private:
  struct Close {
    void operator()(pg_conn* connection) const;
  };
  PgConnection(pg_conn* connection, const PgPatience& patience)
      : connection_(connection), patience_(patience) {}

  absl::Status finish_connecting();
  absl::StatusOr<PgRows> last_result();
  absl::StatusOr<PgRows> checked(PgRows rows, pg_result* result);
  absl::Status broken();
  bool wait(bool to_write, double until);
  absl::StatusOr<std::string> prepared(const std::string& sql);

  std::unique_ptr<pg_conn, Close> connection_;
  const PgPatience patience_;
  std::unordered_map<std::string, std::string> statements_;  // the name of each that is prepared
  bool is_broken_ = false;
  bool may_repeat_ = false;
};

}  // namespace focus::core::store
