// SPDX-License-Identifier: MIT
#include "store/postgres/answer_shelf.h"

#include "base/error.h"

namespace focus::core::store {

absl::StatusOr<KeptAnswer> PgAnswerShelf::begin(const RequestKey& key, const std::string& digest,
                                                std::int64_t now) {
  KeptAnswer answer;
  const absl::Status done = pool_.change([&](PgConnection& connection) -> absl::Status {
    FOCUS_RETURN_IF_ERROR(
        connection.run("DELETE FROM answer WHERE begun_at <= $1", {now - AnswerShelf::kKeptSeconds})
            .status());
    // Of several who begin at once one inserts; the others wait for it here and then read its row.
    // A request without an answer is taken over from a runner that has died: it has no connection
    // left, or has not answered for long.
    FOCUS_ASSIGN_OR_RETURN(
        const PgRows taken,
        connection.run(
            "INSERT INTO answer AS old (organization, caller, request_key, digest, begun_at, "
            "runner, lease_until) VALUES ($1, $2, $3, $4, $5, $6, $7 + " FOCUS_PG_NOW
            ") ON CONFLICT (organization, caller, request_key) DO UPDATE "
            "SET runner = EXCLUDED.runner, lease_until = EXCLUDED.lease_until "
            "WHERE old.status = 0 AND old.digest = EXCLUDED.digest "
            "AND (old.runner = EXCLUDED.runner OR old.lease_until <= " FOCUS_PG_NOW
            " OR NOT EXISTS (SELECT 1 FROM pg_stat_activity "
            "WHERE application_name = old.runner)) RETURNING 1",
            {key.organization, key.caller, key.key, digest, now, runner_,
             AnswerShelf::kRunningMs}));
    FOCUS_ASSIGN_OR_RETURN(
        const PgRows rows,
        connection.run("SELECT digest, begun_at, session_id, status, body FROM answer "
                       "WHERE organization = $1 AND caller = $2 AND request_key = $3",
                       {key.organization, key.caller, key.key}));
    if (rows.empty()) return unavailable("the request was forgotten just now; send it again");
    answer.digest = rows.text(0, 0);
    answer.begun_at = rows.integer(0, 1);
    answer.session_id = rows.text(0, 2);
    answer.status = rows.small(0, 3);
    answer.body = rows.text(0, 4);
    answer.runs_elsewhere = answer.status == 0 && taken.empty();
    return absl::OkStatus();
  });
  FOCUS_RETURN_IF_ERROR(done);
  return answer;
}

absl::Status PgAnswerShelf::keep(const RequestKey& key, int status, const std::string& body) {
  return pool_.change([&](PgConnection& connection) -> absl::Status {
    FOCUS_RETURN_IF_ERROR(connection
                              .run("UPDATE answer SET status = $4, bytes = $5, body = $6 "
                                   "WHERE organization = $1 AND caller = $2 AND request_key = $3 "
                                   "AND runner = $7",
                                   {key.organization, key.caller, key.key, status,
                                    static_cast<std::int64_t>(body.size()), body, runner_})
                              .status());
    // From the newest on: all that go are older than those that stay.
    return connection
        .run(
            "DELETE FROM answer WHERE number IN (SELECT number FROM ("
            "SELECT number, ROW_NUMBER() OVER newest AS place, SUM(bytes) OVER newest AS together "
            "FROM answer WHERE organization = $1 AND caller = $2 "
            "WINDOW newest AS (ORDER BY number DESC)) AS mine WHERE place > $3 OR together > $4)",
            {key.organization, key.caller, AnswerShelf::kMostAnswers, AnswerShelf::kMostBytes})
        .status();
  });
}

absl::Status PgAnswerShelf::forget(const RequestKey& key) {
  return pool_
      .change(
          "DELETE FROM answer WHERE organization = $1 AND caller = $2 AND request_key = $3 "
          "AND runner = $4",
          {key.organization, key.caller, key.key, runner_})
      .status();
}

}  // namespace focus::core::store
