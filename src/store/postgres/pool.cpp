// SPDX-License-Identifier: MIT
#include "store/postgres/pool.h"

#include <chrono>
#include <thread>
#include <utility>

#include "base/clock.h"
#include "base/error.h"
#include "base/guarded.h"
#include "base/lock_rank.h"

namespace focus::core::store {
namespace {

/// How long the pool does not try to connect after it has failed to.
constexpr double kAwaySeconds = 1.0;
/// How often a transaction is run where others are in its way. The pauses between grow.
constexpr int kTries = 8;
constexpr std::chrono::milliseconds kPause(5);

}  // namespace

absl::StatusOr<std::unique_ptr<PgConnection>> PgPool::take() {
  assert_no_session_lock();
  {
    const auto deadline = std::chrono::steady_clock::now() +
                          std::chrono::duration_cast<std::chrono::steady_clock::duration>(
                              std::chrono::duration<double>(options_.patience.to_answer));
    const MutexLock lock(mutex_);
    while (free_.empty() && lent_ >= options_.most) {
      if (!returned_.wait_until(mutex_, deadline)) {
        return unavailable("the database is busy: every connection to it is in use");
      }
    }
    if (!free_.empty()) {
      auto connection = std::move(free_.back());
      free_.pop_back();
      ++lent_;
      return connection;
    }
    if (Clock::system().steady_seconds() < away_until_) {
      return unavailable("the database can not be reached");
    }
    ++lent_;
  }
  auto opened = PgConnection::open(options_.url, options_.patience, options_.client);
  if (opened.ok()) return opened;
  {
    const MutexLock lock(mutex_);
    --lent_;
    away_until_ = Clock::system().steady_seconds() + kAwaySeconds;
  }
  returned_.notify_one();
  return opened;
}

void PgPool::give_back(std::unique_ptr<PgConnection> connection) {
  std::vector<std::unique_ptr<PgConnection>> broken;  // closed after the mutex
  {
    const MutexLock lock(mutex_);
    --lent_;
    if (connection->is_broken()) {
      // The others have most likely lost the same server.
      broken.swap(free_);
      broken.push_back(std::move(connection));
    } else {
      free_.push_back(std::move(connection));
    }
  }
  returned_.notify_one();
}

absl::Status PgPool::with_connection(const Body& attempt) {
  for (int tries = 1;; ++tries) {
    FOCUS_ASSIGN_OR_RETURN(auto connection, take());
    absl::Status done;
    try {
      done = attempt(*connection);
    } catch (...) {
      give_back(std::move(connection));
      throw;
    }
    const bool is_in_the_way = !done.ok() && connection->may_repeat();
    // `attempt` says by an OK status on a broken connection that it has not begun.
    const bool is_stale = done.ok() && connection->is_broken();
    give_back(std::move(connection));
    if (!is_in_the_way && !is_stale) return done;
    if (tries == kTries) return done.ok() ? unavailable("the database can not be reached") : done;
    if (is_in_the_way) std::this_thread::sleep_for(kPause * tries);
  }
}

absl::Status PgPool::transact(PgConnection& connection, const Body& body, bool& commits) {
  const absl::Status begun = connection.execute("BEGIN");
  if (connection.is_broken()) return absl::OkStatus();
  FOCUS_RETURN_IF_ERROR(begun);
  absl::Status done;
  try {
    done = body(connection);
  } catch (...) {
    connection.execute("ROLLBACK").IgnoreError();
    throw;
  }
  commits = done.ok();
  if (commits) return connection.execute("COMMIT");
  const bool may_repeat = connection.may_repeat();
  if (!connection.is_broken()) {
    connection.execute("ROLLBACK").IgnoreError();
    if (may_repeat) connection.set_may_repeat();
  }
  return done;
}

absl::Status PgPool::change(const Body& body) {
  bool commits = false;
  run_deferred();
  return with_connection(
      [&](PgConnection& connection) { return transact(connection, body, commits); });
}

absl::Status PgPool::change(const Body& body, Body undo) {
  bool is_in_doubt = false;
  run_deferred();
  absl::Status done = with_connection([&](PgConnection& connection) {
    bool commits = false;
    const absl::Status tried = transact(connection, body, commits);
    is_in_doubt = commits && !tried.ok() && connection.is_broken();
    return tried;
  });
  if (is_in_doubt) defer(std::move(undo));
  return done;
}

// ---- What is deferred

void PgPool::defer(Body body) {
  const double due = Clock::system().steady_seconds() + kDeferSeconds;
  const MutexLock lock(mutex_);
  if (deferred_.size() < kMostDeferred) deferred_.push_back({std::move(body), due});
}

void PgPool::run_deferred() {
  {
    const MutexLock lock(mutex_);
    if (runs_deferred_) return;
    runs_deferred_ = true;
  }
  bool goes_on = true;
  while (goes_on) {
    Deferred first;
    {
      const MutexLock lock(mutex_);
      goes_on = !deferred_.empty() && deferred_.front().due <= Clock::system().steady_seconds();
      if (!goes_on) break;
      first = std::move(deferred_.front());
      deferred_.pop_front();
    }
    bool commits = false;
    const absl::Status done = caught("a deferred change", [&] {
      return with_connection(
          [&](PgConnection& connection) { return transact(connection, first.body, commits); });
    });
    goes_on = done.ok();
    if (has_fault(done, Fault::unavailable)) defer(std::move(first.body));
  }
  const MutexLock lock(mutex_);
  runs_deferred_ = false;
}

absl::Status PgPool::read(const Body& body) {
  bool has_failed = false;  // a connection that is lost while it reads is replaced once
  return with_connection([&](PgConnection& connection) -> absl::Status {
    absl::Status done = body(connection);
    if (done.ok() || !connection.is_broken() || std::exchange(has_failed, true)) return done;
    return absl::OkStatus();
  });
}

absl::StatusOr<PgRows> PgPool::change(const std::string& sql, const PgValues& values) {
  PgRows rows;
  const absl::Status done = change([&](PgConnection& connection) -> absl::Status {
    FOCUS_ASSIGN_OR_RETURN(rows, connection.run(sql, values));
    return absl::OkStatus();
  });
  FOCUS_RETURN_IF_ERROR(done);
  return rows;
}

absl::StatusOr<PgRows> PgPool::read(const std::string& sql, const PgValues& values) {
  PgRows rows;
  const absl::Status done = read([&](PgConnection& connection) -> absl::Status {
    FOCUS_ASSIGN_OR_RETURN(rows, connection.run(sql, values));
    return absl::OkStatus();
  });
  FOCUS_RETURN_IF_ERROR(done);
  return rows;
}

}  // namespace focus::core::store
