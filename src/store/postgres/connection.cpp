// SPDX-License-Identifier: MIT
// The one file that calls libpq.
#include "store/postgres/connection.h"

#include <algorithm>
#include <cerrno>
#include <cmath>
#include <cstring>
#include <iterator>
#include <libpq-fe.h>
#include <poll.h>
#include <string_view>
#include <vector>

#include <absl/strings/numbers.h>
#include <absl/strings/str_cat.h>

#include "base/clock.h"
#include "base/error.h"

namespace focus::core::store {
namespace {

double steady_now() { return Clock::system().steady_seconds(); }

/// The place of a server without user and password: what an operator may read in a log.
std::string place_of(const PGconn* connection) {
  const auto text = [](const char* value) { return std::string(value != nullptr ? value : ""); };
  return absl::StrCat(text(PQhost(connection)), ":", text(PQport(connection)), ", database '",
                      text(PQdb(connection)), "'");
}

/// What a result that is an error says, by its SQLSTATE (PostgreSQL's manual, appendix A).
absl::Status error_of_state(std::string_view state, const std::string& message) {
  const std::string_view group = state.substr(0, 2);
  if (state == "53100") return fault_error(Fault::no_space, "the database's disk is full");
  if (state == "53200") return fault_error(Fault::memory, "the database has no memory left");
  if (group == "08" || group == "53" || group == "57" || group == "58") {
    return unavailable(absl::StrCat("the database can not serve now (", std::string(state), ")"));
  }
  if (group == "40") {
    return unavailable("the database was too busy: others changed the same at the same time");
  }
  if (state == "25006") return unavailable("the database takes no changes now: it is a standby");
  if (state == "55P03") return unavailable("the database is busy: a lock was not to be had");
  if (state == "42501") {
    return field_error(Fault::argument, "database_url",
                       "names a user who may not do this in the database; grant it the rights to "
                       "create and use a schema");
  }
  return internal_error(
      absl::StrCat("the database refuses a statement (", std::string(state), "): ", message));
}

}  // namespace

// ---- rows

PgRows::PgRows(pg_result* result) : result_(result, PQclear) {}

int PgRows::count() const { return result_ ? PQntuples(result_.get()) : 0; }

std::string PgRows::text(int row, int column) const {
  return {PQgetvalue(result_.get(), row, column),
          static_cast<std::size_t>(PQgetlength(result_.get(), row, column))};
}

bool PgRows::is_null(int row, int column) const {
  return PQgetisnull(result_.get(), row, column) != 0;
}

std::int64_t PgRows::integer(int row, int column) const {
  std::int64_t value = 0;
  return absl::SimpleAtoi(PQgetvalue(result_.get(), row, column), &value) ? value : 0;
}

double PgRows::real(int row, int column) const {
  const std::string digits = text(row, column);
  double value = 0.0;
  const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  return read.ec == std::errc() ? value : 0.0;
}

// ---- connecting

absl::Status check_database_url(const std::string& url) {
  char* error = nullptr;
  PQconninfoOption* const options = PQconninfoParse(url.c_str(), &error);
  PQfreemem(error);  // it may quote the password
  if (options == nullptr) {
    return invalid_field("database_url",
                         "is no address of a PostgreSQL database; write it as "
                         "postgresql://USER:PASSWORD@HOST:PORT/DATABASE");
  }
  PQconninfoFree(options);
  return absl::OkStatus();
}

void PgConnection::Close::operator()(pg_conn* connection) const { PQfinish(connection); }

absl::StatusOr<std::unique_ptr<PgConnection>> PgConnection::open(const std::string& url,
                                                                 const PgPatience& patience,
                                                                 const std::string& client) {
  // What comes before the URL may be changed by it; what comes after may not.
  const std::string bound =
      absl::StrCat(static_cast<std::int64_t>(std::ceil(patience.to_answer * 1000.0)));
  const char* const names[] = {
      "keepalives_idle", "keepalives_interval", "keepalives_count", "tcp_user_timeout",
      "dbname",          "application_name",    "client_encoding",  nullptr};
  const char* const values[] = {"10",           "5",    "3",    bound.c_str(), url.c_str(),
                                client.c_str(), "UTF8", nullptr};
  PGconn* const started = PQconnectStartParams(names, values, /*expand_dbname=*/1);
  if (started == nullptr) return out_of_memory("connecting to the database");
  std::unique_ptr<PgConnection> connection(new PgConnection(started, patience));
  PQsetNoticeProcessor(
      started, [](void*, const char*) {}, nullptr);  // libpq prints to stderr otherwise
  FOCUS_RETURN_IF_ERROR(connection->finish_connecting());
  FOCUS_RETURN_IF_ERROR(connection->execute(absl::StrCat(
      "SET search_path = focus_session; SET TimeZone = 'UTC'; SET statement_timeout = ", bound,
      "; SET lock_timeout = ", bound, "; SET idle_in_transaction_session_timeout = ", bound,
      "; SET default_transaction_isolation = 'read committed'")));
  return connection;
}

absl::Status PgConnection::finish_connecting() {
  PGconn* const connection = connection_.get();
  const double until = steady_now() + patience_.to_connect;
  PostgresPollingStatusType next = PGRES_POLLING_WRITING;
  while (next != PGRES_POLLING_OK) {
    const bool failed = PQstatus(connection) == CONNECTION_BAD || next == PGRES_POLLING_FAILED;
    if (!failed && wait(next == PGRES_POLLING_WRITING, until)) {
      next = PQconnectPoll(connection);
      continue;
    }
    is_broken_ = true;
    const bool is_refused = failed && PQconnectionUsedPassword(connection) != 0;
    return unavailable(absl::StrCat(
        "the database at ", place_of(connection),
        is_refused ? " can not be used; check its name, its user and the password"
        : failed   ? " can not be reached; check that it runs there and takes connections"
                   : " does not answer"));
  }
  if (PQsetnonblocking(connection, 1) != 0) return broken();
  return absl::OkStatus();
}

// ---- statements

/// Waits until the socket can be read, or also written. False once the time is over.
bool PgConnection::wait(bool to_write, double until) {
  while (true) {
    const double left = until - steady_now();
    if (left <= 0.0) return false;
    pollfd socket{PQsocket(connection_.get()), POLLIN, 0};
    if (to_write) socket.events = static_cast<short>(socket.events | POLLOUT);
    const int found = ::poll(&socket, 1, static_cast<int>(std::ceil(left * 1000.0)));
    if (found > 0) return true;
    if (found < 0 && errno != EINTR) return false;
  }
}

absl::Status PgConnection::broken() {
  is_broken_ = true;
  return unavailable("the connection to the database was lost");
}

absl::StatusOr<PgRows> PgConnection::checked(PgRows rows, pg_result* result) {
  switch (PQresultStatus(result)) {
    case PGRES_TUPLES_OK:
    case PGRES_COMMAND_OK:
    case PGRES_EMPTY_QUERY:
      return rows;
    default:
      break;
  }
  const char* const state = PQresultErrorField(result, PG_DIAG_SQLSTATE);
  if (state == nullptr || PQstatus(connection_.get()) == CONNECTION_BAD) return broken();
  const char* const message = PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY);
  may_repeat_ = std::strncmp(state, "40", 2) == 0;
  is_broken_ = is_broken_ || std::strncmp(state, "57P", 3) == 0;  // the server is shut down
  return error_of_state(state, message != nullptr ? message : "");
}

/// Waits for the end of what was sent, and returns its last result or its first error.
absl::StatusOr<PgRows> PgConnection::last_result() {
  PGconn* const connection = connection_.get();
  const double until = steady_now() + patience_.to_answer + 1.0;  // the server's own bound first
  while (true) {
    const int left_to_send = PQflush(connection);
    if (left_to_send < 0) return broken();
    if (left_to_send == 0 && PQisBusy(connection) == 0) break;
    if (!wait(left_to_send > 0, until)) {
      is_broken_ = true;
      return unavailable("the database does not answer");
    }
    if (PQconsumeInput(connection) == 0) return broken();
  }
  absl::StatusOr<PgRows> last = PgRows();
  while (true) {
    while (PQisBusy(connection) != 0) {
      if (!wait(false, until)) {
        is_broken_ = true;
        return unavailable("the database does not answer");
      }
      if (PQconsumeInput(connection) == 0) return broken();
    }
    PGresult* const result = PQgetResult(connection);
    if (result == nullptr) return last;
    PgRows rows(result);  // owns it from here on
    absl::StatusOr<PgRows> one = checked(std::move(rows), result);
    if (last.ok()) last = std::move(one);
  }
}

absl::StatusOr<std::string> PgConnection::prepared(const std::string& sql) {
  const auto known = statements_.find(sql);
  if (known != statements_.end()) return known->second;
  const std::string name = absl::StrCat("s", statements_.size());
  if (PQsendPrepare(connection_.get(), name.c_str(), sql.c_str(), 0, nullptr) == 0) return broken();
  FOCUS_RETURN_IF_ERROR(last_result().status());
  statements_.emplace(sql, name);
  return name;
}

absl::StatusOr<PgRows> PgConnection::run(const std::string& sql, const PgValues& values) {
  if (is_broken_) return broken();
  may_repeat_ = false;
  FOCUS_ASSIGN_OR_RETURN(const std::string name, prepared(sql));
  std::vector<const char*> texts;
  texts.reserve(values.size());
  for (const PgValue& value : values) texts.push_back(value.text());
  if (PQsendQueryPrepared(connection_.get(), name.c_str(), static_cast<int>(texts.size()),
                          texts.data(), nullptr, nullptr, 0) == 0) {
    return broken();
  }
  return last_result();
}

absl::Status PgConnection::execute(const std::string& sql) {
  if (is_broken_) return broken();
  may_repeat_ = false;
  if (PQsendQuery(connection_.get(), sql.c_str()) == 0) return broken();
  return last_result().status();
}

// ---- notices

absl::Status PgConnection::wait_for_news(double seconds, int wake_descriptor) {
  pollfd sources[] = {{PQsocket(connection_.get()), POLLIN, 0}, {wake_descriptor, POLLIN, 0}};
  const int found = ::poll(sources, std::size(sources), static_cast<int>(seconds * 1000.0));
  if (found <= 0 || sources[0].revents == 0) return absl::OkStatus();
  return PQconsumeInput(connection_.get()) == 0 ? broken() : absl::OkStatus();
}

std::string PgConnection::next_notice() {
  PGnotify* const notice = PQnotifies(connection_.get());
  if (notice == nullptr) return {};
  std::string text = absl::StrCat(notice->relname, " ", notice->extra);
  PQfreemem(notice);
  return text;
}

}  // namespace focus::core::store
