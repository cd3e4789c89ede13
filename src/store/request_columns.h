// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include <absl/status/status.h>
#include <absl/status/statusor.h>

#include "plan/request.h"
#include "store/database.h"
#include "store/row.h"

// How a Request lies in the catalogue: a column of the table `session` for each row of
// plan/request_fields.inc, with the field's name.
namespace focus::core::store {

/// "goal, target_minutes, ...", for SELECT and INSERT.
std::string request_columns();
/// ":goal, :target_minutes, ...", for VALUES.
std::string request_parameters();

/// Binds every parameter of `request_parameters`. The seed and the loudness are kept as numbers,
/// drawn or not.
void bind_request(Statement& insert, const plan::Request& request);

/// Reads every column of `request_columns` and validates what it finds. An error means that the
/// row can not have been written by this library.
absl::StatusOr<plan::Request> read_request(Row& row);

/// Adds the columns that the table `session` lacks, each with the value that a request has which
/// does not ask for the field. So a new field needs no schema version of its own. The added
/// columns' names are kept in the table `session_option`: a catalogue with a name that this library
/// does not know was written by a newer one and is refused, because its sessions would be played
/// without what they ask for. To be called in a transaction.
absl::Status add_request_columns(Database& database);

}  // namespace focus::core::store
