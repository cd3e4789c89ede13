// SPDX-License-Identifier: MIT
// The channels on which nodes tell each other that something has changed, as SQL. A notice is sent
// when its transaction is committed, and not at all when it is not.
#pragma once

namespace focus::core::store {

/// A session has another revision. The payload is "ID REVISION".
inline constexpr char kPgRevisionChannel[] = "focus_revision";
/// There is work that somebody needs soon.
inline constexpr char kPgWorkChannel[] = "focus_work";

/// Raises the revision of session $1 and tells it. Gives a row where there is such a session.
inline constexpr char kPgRaiseRevision[] =
    "WITH raised AS (UPDATE session SET revision = revision + 1 WHERE id = $1 "
    "RETURNING id, revision) "
    "SELECT pg_notify('focus_revision', id || ' ' || revision) FROM raised";

}  // namespace focus::core::store
