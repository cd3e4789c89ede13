// SPDX-License-Identifier: MIT
#include "store/answer_table.h"

#include "base/error.h"

namespace focus::core::store {
namespace {

Statement& bind_key(Statement& statement, const RequestKey& key) {
  return statement.bind(key.organization).bind(key.caller).bind(key.key);
}

}  // namespace

absl::StatusOr<std::optional<KeptAnswer>> AnswerTable::find(const RequestKey& key) {
  FOCUS_ASSIGN_OR_RETURN(
      Statement select,
      database_.prepare("SELECT digest, begun_at, session_id, status, body FROM answer "
                        "WHERE organization = ? AND caller = ? AND request_key = ?"));
  FOCUS_ASSIGN_OR_RETURN(const bool found, bind_key(select, key).step());
  if (!found) return std::optional<KeptAnswer>();
  KeptAnswer answer;
  answer.digest = select.text(0);
  answer.begun_at = select.integer(1);
  answer.session_id = select.text(2);
  answer.status = static_cast<int>(select.integer(3));
  answer.body = select.text(4);
  return std::optional(std::move(answer));
}

absl::StatusOr<KeptAnswer> AnswerTable::begin(const RequestKey& key, const std::string& digest,
                                              std::int64_t now) {
  FOCUS_ASSIGN_OR_RETURN(Transaction transaction, Transaction::begin(database_));
  FOCUS_ASSIGN_OR_RETURN(Statement expire,
                         database_.prepare("DELETE FROM answer WHERE begun_at <= ?"));
  FOCUS_RETURN_IF_ERROR(expire.bind(now - AnswerShelf::kKeptSeconds).run());
  FOCUS_ASSIGN_OR_RETURN(auto known, find(key));
  if (!known) {
    FOCUS_ASSIGN_OR_RETURN(
        Statement insert,
        database_.prepare("INSERT INTO answer (organization, caller, request_key, digest, begun_at)"
                          " VALUES (?,?,?,?,?)"));
    FOCUS_RETURN_IF_ERROR(bind_key(insert, key).bind(digest).bind(now).run());
    known.emplace();
    known->digest = digest;
    known->begun_at = now;
  }
  FOCUS_RETURN_IF_ERROR(transaction.commit());
  return *std::move(known);
}

absl::Status AnswerTable::keep(const RequestKey& key, int status, const std::string& body) {
  FOCUS_ASSIGN_OR_RETURN(Transaction transaction, Transaction::begin(database_));
  FOCUS_ASSIGN_OR_RETURN(
      Statement update,
      database_.prepare("UPDATE answer SET status = ?, bytes = ?, body = ? "
                        "WHERE organization = ? AND caller = ? AND request_key = ?"));
  update.bind(std::int64_t{status}).bind(static_cast<std::int64_t>(body.size())).bind(body);
  FOCUS_RETURN_IF_ERROR(bind_key(update, key).run());
  FOCUS_ASSIGN_OR_RETURN(
      Statement erase,
      database_.prepare(
          "DELETE FROM answer WHERE number IN (SELECT number FROM ("
          "SELECT number, ROW_NUMBER() OVER newest AS place, SUM(bytes) OVER newest AS together "
          "FROM answer WHERE organization = ? AND caller = ? "
          "WINDOW newest AS (ORDER BY number DESC)) WHERE place > ? OR together > ?)"));
  FOCUS_RETURN_IF_ERROR(erase.bind(key.organization)
                            .bind(key.caller)
                            .bind(std::int64_t{AnswerShelf::kMostAnswers})
                            .bind(AnswerShelf::kMostBytes)
                            .run());
  return transaction.commit();
}

absl::Status AnswerTable::forget(const RequestKey& key) {
  FOCUS_ASSIGN_OR_RETURN(
      Statement erase,
      database_.prepare(
          "DELETE FROM answer WHERE organization = ? AND caller = ? AND request_key = ?"));
  return bind_key(erase, key).run();
}

absl::Status AnswerTable::set_session(const RequestKey& key, const std::string& session_id) {
  FOCUS_ASSIGN_OR_RETURN(
      Statement update,
      database_.prepare("UPDATE answer SET session_id = ? "
                        "WHERE organization = ? AND caller = ? AND request_key = ?"));
  update.bind(session_id);
  return bind_key(update, key).run();
}

}  // namespace focus::core::store
