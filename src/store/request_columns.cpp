// SPDX-License-Identifier: MIT
#include "store/request_columns.h"

#include <algorithm>
#include <utility>
#include <vector>

#include <absl/strings/str_cat.h>

#include "base/error.h"
#include "plan/request_fields.h"

namespace focus::core::store {
namespace {

template <typename Value>
concept NamedValue = std::same_as<Value, plan::Goal> || std::same_as<Value, plan::Intensity> ||
    std::same_as<Value, audio::AudioFormat>;

std::optional<plan::Goal> value_named(const std::string& name, plan::Goal) {
  return plan::goal_named(name);
}
std::optional<plan::Intensity> value_named(const std::string& name, plan::Intensity) {
  return plan::intensity_named(name);
}
std::optional<audio::AudioFormat> value_named(const std::string& name, audio::AudioFormat) {
  return audio::format_named(name);
}

/// One name after the other, each with `prefix`.
std::string names(const char* prefix) {
  std::string text;
  for (const plan::RequestField& field : plan::request_fields()) {
    absl::StrAppend(&text, text.empty() ? "" : ", ", prefix, std::string(field.name));
  }
  return text;
}

void bind_value(Statement& insert, const std::string& name, int value) {
  insert.bind(name, std::int64_t{value});
}
/// SQLite's integers are signed; the same 64 bits come back.
void bind_value(Statement& insert, const std::string& name, std::uint64_t value) {
  insert.bind(name, static_cast<std::int64_t>(value));
}
void bind_value(Statement& insert, const std::string& name, double value) {
  insert.bind(name, value);
}
void bind_value(Statement& insert, const std::string& name, const std::string& value) {
  insert.bind(name, value);
}
template <NamedValue Value>
void bind_value(Statement& insert, const std::string& name, Value value) {
  insert.bind(name, std::string(name_of(value)));
}
template <typename Value>
void bind_value(Statement& insert, const std::string& name, const std::optional<Value>& value) {
  if (value) return bind_value(insert, name, *value);
  insert.bind_null(name);
}

// Each reads one column, and returns false where it holds what it can not.
bool read_value(Row& row, std::string_view name, int& value) {
  value = static_cast<int>(row.integer(name));
  return true;
}
bool read_value(Row& row, std::string_view name, std::uint64_t& value) {
  value = static_cast<std::uint64_t>(row.integer(name));
  return true;
}
bool read_value(Row& row, std::string_view name, double& value) {
  value = row.real(name);
  return true;
}
bool read_value(Row& row, std::string_view name, std::string& value) {
  value = row.text(name);
  return true;
}
template <NamedValue Value>
bool read_value(Row& row, std::string_view name, Value& value) {
  const auto found = value_named(row.text(name), Value{});
  value = found.value_or(Value{});
  return found.has_value();
}
template <typename Value>
bool read_value(Row& row, std::string_view name, std::optional<Value>& value) {
  if (row.is_null(name)) return true;
  return read_value(row, name, value.emplace());
}

// ---- A column's type and what it holds in sessions that are older than it ----

std::string definition(double value) { return absl::StrCat("REAL NOT NULL DEFAULT ", value); }
std::string definition(int value) { return absl::StrCat("INTEGER NOT NULL DEFAULT ", value); }
std::string definition(const std::string& value) {
  return absl::StrCat("TEXT NOT NULL DEFAULT '", value, "'");
}
template <NamedValue Value>
std::string definition(Value value) {
  return definition(std::string(name_of(value)));
}
std::string definition(const std::optional<double>&) { return "REAL"; }
std::string definition(const std::optional<int>&) { return "INTEGER"; }
std::string definition(const std::optional<std::uint64_t>&) { return "INTEGER"; }

absl::StatusOr<std::vector<std::string>> names_from(Database& database, const std::string& sql) {
  FOCUS_ASSIGN_OR_RETURN(Statement select, database.prepare(sql));
  return texts_of(std::move(select));
}

}  // namespace

std::string request_columns() { return names(""); }
std::string request_parameters() { return names(":"); }

void bind_request(Statement& insert, const plan::Request& request) {
  plan::Request kept = request;
  kept.seed = request.seed.value_or(0);
  kept.target_lufs = request.loudness_target();
  for (const plan::RequestField& field : plan::request_fields()) {
    visit_value(field, kept, [&](const auto& value) {
      bind_value(insert, absl::StrCat(":", std::string(field.name)), value);
    });
  }
}

absl::StatusOr<plan::Request> read_request(Row& row) {
  plan::Request request;
  for (const plan::RequestField& field : plan::request_fields()) {
    const bool known = visit_value(field, request,
                                   [&](auto& value) { return read_value(row, field.name, value); });
    if (!known) return invalid_field(std::string(field.name), "holds a value nobody knows");
  }
  FOCUS_RETURN_IF_ERROR(row.status());
  FOCUS_RETURN_IF_ERROR(validate(request));
  return request;
}

absl::Status add_request_columns(Database& database) {
  FOCUS_ASSIGN_OR_RETURN(const auto added,
                         names_from(database, "SELECT column_name FROM session_option"));
  for (const std::string& name : added) {
    if (plan::request_field_named(name) != nullptr) continue;
    return fault_error(
        Fault::unsupported,
        absl::StrCat("the catalogue was written by a newer version of the library (it has the "
                     "option ",
                     name, "); use that version, or another folder"));
  }
  FOCUS_ASSIGN_OR_RETURN(const auto present,
                         names_from(database, "SELECT name FROM pragma_table_info('session')"));
  const plan::Request unasked;
  for (const plan::RequestField& field : plan::request_fields()) {
    const std::string name(field.name);
    if (std::find(present.begin(), present.end(), name) != present.end()) continue;
    const std::string type =
        visit_value(field, unasked, [](const auto& value) { return definition(value); });
    FOCUS_RETURN_IF_ERROR(
        database.execute(absl::StrCat("ALTER TABLE session ADD COLUMN ", name, " ", type)));
    FOCUS_RETURN_IF_ERROR(
        database.execute(absl::StrCat("INSERT INTO session_option VALUES ('", name, "')")));
  }
  return absl::OkStatus();
}

}  // namespace focus::core::store
