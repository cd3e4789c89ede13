// SPDX-License-Identifier: MIT
#pragma once

#include <deque>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include <absl/status/status.h>
#include <absl/status/statusor.h>

#include "base/mutex.h"
#include "store/postgres/connection.h"

namespace focus::core::store {

/// The connections of a node to its database: one for each call at a time, at most so many. A call
/// for which none is free waits for a while. Thread-safe; no mutex of a session may be held.
///
/// Where the database can not be reached, all calls fail at once for a second before one of them
/// tries again: callers get their answer quickly, and the server is not overrun when it comes back.
class PgPool {
 public:
  struct Options {
    std::string url;
    int most = 8;
    PgPatience patience;
    std::string client = "focus-session";  ///< see PgConnection::open
  };
  explicit PgPool(Options options) : options_(std::move(options)) {}

  using Body = std::function<absl::Status(PgConnection&)>;

  /// Runs `body` in a transaction, which is committed where `body` succeeds. It is run again where
  /// other transactions were in its way, or where the connection turned out to be broken before it
  /// did anything; so it must not change anything but the database. Where the connection is lost
  /// while the transaction is committed, the answer is Fault::unavailable and it may have been
  /// committed: callers rely on what they write being refused, or doing nothing, the second time,
  /// or they say how it is undone.
  absl::Status change(const Body& body);
  /// The same, for what must not stay where the caller is told that it has failed: where nobody
  /// knows what became of the commit, `undo` takes back what may have been written (see `defer`).
  absl::Status change(const Body& body, Body undo);
  /// Runs `body` as a change of its own before one of the next calls, kDeferSeconds from now or,
  /// where the database can not be reached then, as soon as it can. Forgets it where it fails for
  /// another reason, where more than kMostDeferred are waiting, and when the process ends.
  void defer(Body body);
  /// By then a server that has lost its client has committed what it was committing, or never will.
  static constexpr double kDeferSeconds = 2.0;
  static constexpr std::size_t kMostDeferred = 10'000;

  /// Runs `body`, which only reads, each statement in a transaction of its own.
  absl::Status read(const Body& body);

  /// The one statement of a change.
  absl::StatusOr<PgRows> change(const std::string& sql, const PgValues& values);
  /// The one statement of a read.
  absl::StatusOr<PgRows> read(const std::string& sql, const PgValues& values = {});

  const Options& options() const { return options_; }

 private:
  absl::StatusOr<std::unique_ptr<PgConnection>> take();
  void give_back(std::unique_ptr<PgConnection> connection);
  /// Runs `attempt` on a connection, again where the error may have gone with the next one.
  absl::Status with_connection(const Body& attempt);
  /// Runs `body` in a transaction on one connection; `commits` becomes true where it gets as far as
  /// its commit.
  static absl::Status transact(PgConnection& connection, const Body& body, bool& commits);
  void run_deferred();

  struct Deferred {
    Body body;
    double due = 0.0;  // by the steady clock
  };

  const Options options_;
  Mutex mutex_;
  CondVar returned_;
  std::vector<std::unique_ptr<PgConnection>> free_ ABSL_GUARDED_BY(mutex_);
  int lent_ ABSL_GUARDED_BY(mutex_) = 0;
  double away_until_ ABSL_GUARDED_BY(mutex_) = 0.0;        // by the steady clock
  std::deque<Deferred> deferred_ ABSL_GUARDED_BY(mutex_);  // the first that is due first
  bool runs_deferred_ ABSL_GUARDED_BY(mutex_) = false;     // some thread does so
};

}  // namespace focus::core::store
