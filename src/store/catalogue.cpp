// SPDX-License-Identifier: MIT
#include "store/catalogue.h"

#include <absl/strings/str_cat.h>

#include "base/error.h"
#include "base/ids.h"
#include "store/catalogue_schema.h"
#include "store/request_columns.h"

namespace focus::core::store {
namespace {

/// The columns of a session that are not its request's.
constexpr char kOwnColumns[] =
    "id, created_at, ended, plan_version, organization, caller, stopped_cap, names_loudness";
constexpr char kOwnParameters[] =
    ":id, :created_at, :ended, :plan_version, :organization, :caller, :stopped_cap, "
    ":names_loudness";

}  // namespace

absl::StatusOr<std::unique_ptr<Catalogue>> Catalogue::open(const std::string& path,
                                                           Durability durability) {
  FOCUS_ASSIGN_OR_RETURN(auto database, Database::open(path));
  FOCUS_RETURN_IF_ERROR(database->execute("PRAGMA journal_mode = WAL"));
  // NORMAL syncs what keeps the file whole in a crash of the machine, and not at every commit.
  FOCUS_RETURN_IF_ERROR(database->execute(durability == Durability::synced
                                              ? "PRAGMA synchronous = NORMAL"
                                              : "PRAGMA synchronous = OFF"));
  FOCUS_RETURN_IF_ERROR(database->execute("PRAGMA foreign_keys = ON"));
  std::unique_ptr<Catalogue> catalogue(new Catalogue(std::move(database)));
  FOCUS_RETURN_IF_ERROR(catalogue->prepare_schema());
  return catalogue;
}

absl::Status Catalogue::check_whole() {
  FOCUS_ASSIGN_OR_RETURN(Statement check, database_->prepare("PRAGMA quick_check(1)"));
  FOCUS_ASSIGN_OR_RETURN(const bool checked, check.step());
  return checked && check.text(0) == "ok" ? absl::OkStatus() : damaged_catalogue(check.text(0));
}

absl::StatusOr<std::int64_t> Catalogue::schema_version() {
  FOCUS_ASSIGN_OR_RETURN(Statement version, database_->prepare("PRAGMA user_version"));
  FOCUS_ASSIGN_OR_RETURN(const bool found, version.step());
  return found ? version.integer(0) : 0;
}

std::int64_t Catalogue::newest_version() {
  return static_cast<std::int64_t>(catalogue_schema_steps().size());
}

absl::Status Catalogue::prepare_schema() {
  FOCUS_RETURN_IF_ERROR(check_whole());
  FOCUS_ASSIGN_OR_RETURN(const std::int64_t number, schema_version());
  found_version_ = number;
  if (number > newest_version()) {
    return fault_error(
        Fault::unsupported,
        absl::StrCat("the catalogue was written by a newer version of the library (schema ", number,
                     "); use that version, or another folder"));
  }
  if (number < 0) return damaged_catalogue("a version that never was");
  FOCUS_ASSIGN_OR_RETURN(Transaction transaction, Transaction::begin(*database_));
  for (const char* step : catalogue_schema_steps().subspan(static_cast<std::size_t>(number))) {
    FOCUS_RETURN_IF_ERROR(database_->execute(step));
  }
  if (number < newest_version()) {
    FOCUS_RETURN_IF_ERROR(
        database_->execute(absl::StrCat("PRAGMA user_version = ", newest_version())));
  }
  FOCUS_RETURN_IF_ERROR(add_request_columns(*database_));
  return transaction.commit();
}

absl::Status Catalogue::add_session(const SessionRecord& session, const std::string& request_key) {
  FOCUS_ASSIGN_OR_RETURN(Transaction transaction, begin());
  FOCUS_ASSIGN_OR_RETURN(Statement insert,
                         database_->prepare(absl::StrCat(
                             "INSERT INTO session (", kOwnColumns, ", ", request_columns(),
                             ") VALUES (", kOwnParameters, ", ", request_parameters(), ")")));
  insert.bind(":id", session.id)
      .bind(":created_at", session.created_at)
      .bind(":ended", std::int64_t{session.ended})
      .bind(":plan_version", std::int64_t{session.plan_version})
      .bind(":organization", session.organization)
      .bind(":caller", session.caller)
      .bind(":stopped_cap", std::int64_t{session.stopped_cap})
      .bind(":names_loudness", std::int64_t{session.request.target_lufs.has_value()});
  bind_request(insert, session.request);
  FOCUS_RETURN_IF_ERROR(insert.run());
  if (!request_key.empty()) {
    FOCUS_RETURN_IF_ERROR(
        answers().set_session({session.organization, session.caller, request_key}, session.id));
  }
  FOCUS_RETURN_IF_ERROR(tell({MessageKind::session_started, session.id}));
  return transaction.commit();
}

absl::StatusOr<SessionRecord> Catalogue::session(const std::string& id) {
  FOCUS_ASSIGN_OR_RETURN(Statement select, database_->prepare(absl::StrCat(
                                               "SELECT ", kOwnColumns, ", ", request_columns(),
                                               " FROM session WHERE id = :id")));
  FOCUS_ASSIGN_OR_RETURN(const bool found, select.bind(":id", id).step());
  if (!found) return no_session(id);
  Row row(select);
  SessionRecord record;
  record.id = row.text("id");
  record.created_at = row.integer("created_at");
  record.ended = row.integer("ended") != 0;
  record.plan_version = static_cast<int>(row.integer("plan_version"));
  record.organization = row.text("organization");
  record.caller = row.text("caller");
  record.stopped_cap = row.integer("stopped_cap") != 0;
  const bool names_loudness = row.integer("names_loudness") != 0;
  auto request = read_request(row);
  FOCUS_RETURN_IF_ERROR(row.status());
  if (!request.ok() || !is_session_id(record.id)) {
    return damaged_catalogue(absl::StrCat("a session '", record.id, "' that can not be"));
  }
  record.request = *std::move(request);
  if (!names_loudness) record.request.target_lufs.reset();
  FOCUS_ASSIGN_OR_RETURN(record.history, history(id));
  return record;
}

absl::StatusOr<std::vector<plan::Change>> Catalogue::history(const std::string& id) {
  FOCUS_ASSIGN_OR_RETURN(
      Statement select,
      database_->prepare(
          "SELECT from_hundredths, goal, intensity, divergence, custom_prompt, "
          "target_minutes, pads_db, bass_db, melody_db, percussion_db, ambience_db, scenes "
          "FROM change WHERE session_id = ? ORDER BY number"));
  select.bind(id);
  std::vector<plan::Change> history;
  while (true) {
    FOCUS_ASSIGN_OR_RETURN(const bool more, select.step());
    if (!more) return history;
    plan::Change& change = history.emplace_back();
    plan::Steering& steering = change.steering;
    change.from = select.integer(0);
    if (!select.is_null(1)) steering.goal = plan::goal_named(select.text(1));
    if (!select.is_null(2)) steering.intensity = plan::intensity_named(select.text(2));
    if (!select.is_null(3)) steering.divergence = select.real(3);
    if (!select.is_null(4)) steering.custom_prompt = select.text(4);
    if (!select.is_null(5)) steering.target_minutes = static_cast<int>(select.integer(5));
    int column = 6;
    for (auto& level : steering.stem_db) {
      if (!select.is_null(column)) level = select.real(column);
      ++column;
    }
    if (!select.is_null(column)) steering.scenes = select.text(column);
  }
}

absl::StatusOr<std::vector<std::string>> Catalogue::session_ids() {
  FOCUS_ASSIGN_OR_RETURN(Statement select,
                         database_->prepare("SELECT id FROM session ORDER BY rowid"));
  return texts_of(std::move(select));
}

absl::StatusOr<std::vector<std::string>> Catalogue::session_ids_of(const SessionQuery& query) {
  FOCUS_ASSIGN_OR_RETURN(
      Statement select,
      database_->prepare(
          "SELECT id FROM session WHERE organization = :organization AND caller = :caller AND "
          "(:before = '' OR rowid < COALESCE("
          "(SELECT rowid FROM session WHERE id = :before AND organization = :organization AND "
          "caller = :caller), "
          "(SELECT MAX(rowid) + 1 FROM session WHERE organization = :organization AND "
          "caller = :caller AND created_at <= :created_at))) ORDER BY rowid DESC LIMIT :limit"));
  select.bind(":organization", query.organization)
      .bind(":caller", query.caller)
      .bind(":before", query.before)
      .bind(":created_at", query.before_created_at)
      .bind(":limit", std::int64_t{query.limit});
  return texts_of(std::move(select));
}

absl::Status Catalogue::touch(const std::string& id, std::int64_t unix_seconds) {
  FOCUS_ASSIGN_OR_RETURN(Statement update,
                         database_->prepare("UPDATE session SET touched_at = ? WHERE id = ?"));
  return update.bind(unix_seconds).bind(id).run();
}

absl::StatusOr<std::vector<std::string>> Catalogue::untouched_since(std::int64_t unix_seconds) {
  FOCUS_ASSIGN_OR_RETURN(
      Statement select,
      database_->prepare(
          "SELECT id FROM session WHERE max(created_at, touched_at) < ? ORDER BY rowid"));
  select.bind(unix_seconds);
  return texts_of(std::move(select));
}

absl::Status Catalogue::delete_session(const std::string& id) {
  FOCUS_ASSIGN_OR_RETURN(Transaction transaction, begin());
  FOCUS_RETURN_IF_ERROR(tell({MessageKind::session_deleted, id}));
  FOCUS_ASSIGN_OR_RETURN(Statement erase,
                         database_->prepare("DELETE FROM session WHERE id = ? RETURNING id"));
  FOCUS_ASSIGN_OR_RETURN(const auto erased, texts_of(std::move(erase.bind(id))));
  if (erased.empty()) return no_session(id);
  FOCUS_RETURN_IF_ERROR(leftovers().add(absl::StrCat("sessions/", id)));
  return transaction.commit();
}

absl::Status Catalogue::set_ended(const std::string& id) {
  return set_final(id, "ended", MessageKind::session_ended);
}

absl::Status Catalogue::set_stopped_cap(const std::string& id) {
  return set_final(id, "stopped_cap", MessageKind::session_stopped);
}

absl::Status Catalogue::set_final(const std::string& id, const char* column, MessageKind kind) {
  FOCUS_ASSIGN_OR_RETURN(Transaction transaction, begin());
  FOCUS_ASSIGN_OR_RETURN(const std::int64_t is_set, number_of(id, column));
  if (is_set == 0) FOCUS_RETURN_IF_ERROR(tell({kind, id}));
  FOCUS_ASSIGN_OR_RETURN(Statement update, database_->prepare(absl::StrCat(
                                               "UPDATE session SET ", column,
                                               " = 1, revision = revision + 1 WHERE id = ?")));
  FOCUS_RETURN_IF_ERROR(update.bind(id).run());
  return transaction.commit();
}

absl::Status Catalogue::tell(const Happening& happening) {
  const auto receivers = receivers_.choice();
  if (!receivers) return absl::OkStatus();
  for (const std::string& address : receivers->addresses) {
    FOCUS_RETURN_IF_ERROR(messages().add(happening, address, receivers->clock->unix_seconds()));
  }
  FOCUS_RETURN_IF_ERROR(messages().keep_newest(MessageShelf::kMostMessages));
  receivers_.ring();  // who looks waits for the catalogue until the transaction is over
  return absl::OkStatus();
}

absl::StatusOr<std::int64_t> Catalogue::number_of(const std::string& id, const char* column) {
  FOCUS_ASSIGN_OR_RETURN(Statement select, database_->prepare(absl::StrCat(
                                               "SELECT ", column, " FROM session WHERE id = ?")));
  FOCUS_ASSIGN_OR_RETURN(const bool found, select.bind(id).step());
  if (!found) return no_session(id);
  return select.integer(0);
}

absl::StatusOr<int> Catalogue::changes(const std::string& id) {
  FOCUS_ASSIGN_OR_RETURN(const std::int64_t changes, number_of(id, "changes"));
  return static_cast<int>(changes);
}

absl::Status Catalogue::check_changes(const std::string& id, int known) {
  FOCUS_ASSIGN_OR_RETURN(const int has, changes(id));
  return has == known ? absl::OkStatus() : steered_meanwhile(has, known);
}

absl::StatusOr<std::int64_t> Catalogue::revision(const std::string& id) {
  return number_of(id, "revision");
}

absl::StatusOr<audio::AudioFormat> Catalogue::format(const std::string& id) {
  FOCUS_ASSIGN_OR_RETURN(Statement select,
                         database_->prepare("SELECT format FROM session WHERE id = ?"));
  FOCUS_ASSIGN_OR_RETURN(const bool found, select.bind(id).step());
  if (!found) return no_session(id);
  const auto format = audio::format_named(select.text(0));
  if (!format) return damaged_catalogue("a request it does not know");
  return *format;
}

absl::Status Catalogue::check_claim(const std::string& id, int index, std::int64_t epoch) {
  FOCUS_ASSIGN_OR_RETURN(const auto claim, claims().find(id, index));
  if (claim && claim->epoch == epoch) return absl::OkStatus();
  FOCUS_RETURN_IF_ERROR(changes(id).status());  // whether there is such a session
  return claim_lost(index);
}

absl::Status Catalogue::raise_revision(const std::string& id) {
  FOCUS_ASSIGN_OR_RETURN(
      Statement update,
      database_->prepare("UPDATE session SET revision = revision + 1 WHERE id = ?"));
  return update.bind(id).run();
}

absl::Status Catalogue::add_change(const std::string& id, int number, const plan::Change& change,
                                   int first_gone) {
  FOCUS_ASSIGN_OR_RETURN(Transaction transaction, begin());
  FOCUS_RETURN_IF_ERROR(check_changes(id, number));
  FOCUS_ASSIGN_OR_RETURN(
      Statement update,
      database_->prepare(
          "UPDATE session SET changes = changes + 1, revision = revision + 1 WHERE id = ?"));
  FOCUS_RETURN_IF_ERROR(update.bind(id).run());
  FOCUS_ASSIGN_OR_RETURN(
      Statement insert,
      database_->prepare("INSERT INTO change VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?)"));
  insert.bind(id).bind(std::int64_t{number}).bind(change.from);
  const plan::Steering& steering = change.steering;
  const auto bind_or_null = [&](const auto& value, auto as_column) {
    if (value) {
      insert.bind(as_column(*value));
    } else {
      insert.bind_null();
    }
  };
  const auto name = [](auto value) { return std::string(name_of(value)); };
  bind_or_null(steering.goal, name);
  bind_or_null(steering.intensity, name);
  bind_or_null(steering.divergence, [](double value) { return value; });
  bind_or_null(steering.custom_prompt, [](const std::string& text) { return text; });
  bind_or_null(steering.target_minutes, [](int minutes) { return std::int64_t{minutes}; });
  for (const auto& level : steering.stem_db) {
    bind_or_null(level, [](double value) { return value; });
  }
  bind_or_null(steering.scenes, [](const std::string& text) { return text; });
  FOCUS_RETURN_IF_ERROR(insert.run());
  FOCUS_RETURN_IF_ERROR(segments().forget_from(id, first_gone));
  FOCUS_RETURN_IF_ERROR(claims().remove_from(id, first_gone));
  FOCUS_RETURN_IF_ERROR(tracks().segments_gone(id, first_gone));
  FOCUS_RETURN_IF_ERROR(tell({MessageKind::session_steered, id, first_gone}));
  return transaction.commit();
}

}  // namespace focus::core::store
