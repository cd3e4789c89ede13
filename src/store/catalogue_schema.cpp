// SPDX-License-Identifier: MIT
#include "store/catalogue_schema.h"

namespace focus::core::store {
namespace {

constexpr const char* kSteps[] = {
    R"sql(
  CREATE TABLE session (
    id TEXT PRIMARY KEY,
    created_at INTEGER NOT NULL,
    ended INTEGER NOT NULL DEFAULT 0,
    plan_version INTEGER NOT NULL,
    goal TEXT NOT NULL,
    target_minutes INTEGER NOT NULL,
    custom_prompt TEXT NOT NULL,
    intensity TEXT NOT NULL,
    divergence REAL NOT NULL,
    engine TEXT NOT NULL,
    seed INTEGER NOT NULL,
    target_lufs REAL NOT NULL,
    format TEXT NOT NULL,
    sample_rate INTEGER NOT NULL,
    segment_seconds REAL NOT NULL,
    look_ahead INTEGER
  ) STRICT;
  CREATE TABLE segment (
    session_id TEXT NOT NULL REFERENCES session (id) ON DELETE CASCADE,
    number INTEGER NOT NULL,
    engine TEXT NOT NULL,
    engine_version TEXT NOT NULL,
    fallback INTEGER NOT NULL,
    frames INTEGER NOT NULL,
    bytes INTEGER NOT NULL,
    sample_rate INTEGER NOT NULL,
    integrated_lufs REAL NOT NULL,
    range_lu REAL NOT NULL,
    true_peak_dbtp REAL NOT NULL,
    gain_db REAL NOT NULL,
    limited INTEGER NOT NULL,
    cue_in INTEGER NOT NULL,
    cue_out INTEGER NOT NULL,
    leading_silence INTEGER NOT NULL,
    trailing_silence INTEGER NOT NULL,
    PRIMARY KEY (session_id, number)
  ) STRICT, WITHOUT ROWID;
)sql",
    R"sql(
  ALTER TABLE session ADD COLUMN modulation_depth REAL NOT NULL DEFAULT 0;
  ALTER TABLE session ADD COLUMN pads_db REAL NOT NULL DEFAULT 0;
  ALTER TABLE session ADD COLUMN bass_db REAL NOT NULL DEFAULT 0;
  ALTER TABLE session ADD COLUMN melody_db REAL NOT NULL DEFAULT 0;
  ALTER TABLE session ADD COLUMN percussion_db REAL NOT NULL DEFAULT 0;
  ALTER TABLE session ADD COLUMN ambience_db REAL NOT NULL DEFAULT 0;
  ALTER TABLE session ADD COLUMN work_minutes INTEGER NOT NULL DEFAULT 0;
  ALTER TABLE session ADD COLUMN break_minutes INTEGER NOT NULL DEFAULT 0;
  ALTER TABLE session ADD COLUMN ending_seconds REAL NOT NULL DEFAULT 0;
)sql",
    R"sql(
  CREATE TABLE change (
    session_id TEXT NOT NULL REFERENCES session (id) ON DELETE CASCADE,
    number INTEGER NOT NULL,
    from_hundredths INTEGER NOT NULL,
    goal TEXT,
    intensity TEXT,
    divergence REAL,
    custom_prompt TEXT,
    target_minutes INTEGER,
    PRIMARY KEY (session_id, number)
  ) STRICT, WITHOUT ROWID;
)sql",
    R"sql(
  ALTER TABLE session ADD COLUMN organization TEXT NOT NULL DEFAULT '';
  ALTER TABLE session ADD COLUMN caller TEXT NOT NULL DEFAULT '';
  ALTER TABLE session ADD COLUMN stopped_cap INTEGER NOT NULL DEFAULT 0;
  ALTER TABLE session ADD COLUMN fallback TEXT NOT NULL DEFAULT '';
  CREATE TABLE spend (
    hold INTEGER PRIMARY KEY,
    session_id TEXT NOT NULL,
    segment INTEGER NOT NULL,
    organization TEXT NOT NULL,
    day INTEGER NOT NULL,
    micros INTEGER NOT NULL,
    settled INTEGER NOT NULL
  ) STRICT;
)sql",
    R"sql(
  ALTER TABLE session ADD COLUMN touched_at INTEGER NOT NULL DEFAULT 0;
  CREATE TABLE track (
    id TEXT PRIMARY KEY,
    title TEXT NOT NULL,
    engine TEXT NOT NULL,
    session_id TEXT NOT NULL,
    segment_index INTEGER NOT NULL,
    segment_gone INTEGER NOT NULL DEFAULT 0,
    organization TEXT NOT NULL,
    caller TEXT NOT NULL,
    licence_class TEXT NOT NULL,
    instrumental INTEGER NOT NULL,
    frames INTEGER NOT NULL,
    sample_rate INTEGER NOT NULL,
    format TEXT NOT NULL,
    bytes INTEGER NOT NULL,
    created_at INTEGER NOT NULL
  ) STRICT;
  CREATE UNIQUE INDEX track_of_segment ON track (session_id, segment_index)
    WHERE segment_gone = 0;
  CREATE TABLE url_key (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    secret TEXT NOT NULL,
    created_at INTEGER NOT NULL
  ) STRICT;
  CREATE TABLE leftover (path TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;
)sql",
    "CREATE INDEX track_of_owner ON track (organization, caller);",
    R"sql(
  ALTER TABLE session ADD COLUMN fallback_after_seconds REAL NOT NULL DEFAULT 0;
  ALTER TABLE segment ADD COLUMN licence_class TEXT NOT NULL DEFAULT 'unclear';
  ALTER TABLE segment ADD COLUMN instrumental INTEGER NOT NULL DEFAULT 0;
  UPDATE segment SET licence_class = 'commercial_cleared', instrumental = 1
    WHERE engine = 'studio';
)sql",
    R"sql(
  ALTER TABLE session ADD COLUMN changes INTEGER NOT NULL DEFAULT 0;
  ALTER TABLE session ADD COLUMN next_epoch INTEGER NOT NULL DEFAULT 1;
  ALTER TABLE session ADD COLUMN revision INTEGER NOT NULL DEFAULT 0;
  UPDATE session SET changes = (SELECT COUNT(*) FROM change WHERE session_id = session.id);
  ALTER TABLE segment ADD COLUMN epoch INTEGER NOT NULL DEFAULT 0;
  CREATE TABLE claim (
    session_id TEXT NOT NULL REFERENCES session (id) ON DELETE CASCADE,
    number INTEGER NOT NULL,
    epoch INTEGER NOT NULL,
    node TEXT NOT NULL,
    lease_until INTEGER NOT NULL,
    PRIMARY KEY (session_id, number)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE hold (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    session_id TEXT NOT NULL,
    segment INTEGER NOT NULL,
    organization TEXT NOT NULL,
    day INTEGER NOT NULL,
    micros INTEGER NOT NULL,
    node TEXT NOT NULL,
    lease_until INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX hold_of_session ON hold (session_id);
  CREATE INDEX hold_of_day ON hold (day, organization);
  CREATE TABLE settled_by_session (
    session_id TEXT PRIMARY KEY,
    micros INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE settled_on_day (
    day INTEGER NOT NULL,
    organization TEXT NOT NULL,
    micros INTEGER NOT NULL,
    PRIMARY KEY (day, organization)
  ) STRICT, WITHOUT ROWID;
  INSERT INTO hold SELECT hold, session_id, segment, organization, day, micros, '', 0 FROM spend
    WHERE settled = 0;
  INSERT INTO settled_by_session SELECT session_id, SUM(micros) FROM spend
    WHERE settled = 1 GROUP BY session_id;
  INSERT INTO settled_on_day SELECT day, organization, SUM(micros) FROM spend
    WHERE settled = 1 GROUP BY day, organization;
  DROP TABLE spend;
)sql",
    // From here on the columns of new request fields are added by add_request_columns.
    "CREATE TABLE session_option (column_name TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;",
    R"sql(
  ALTER TABLE segment ADD COLUMN digest TEXT NOT NULL DEFAULT '';
  ALTER TABLE track ADD COLUMN digest TEXT NOT NULL DEFAULT '';
)sql",
    // Whether the request named target_lufs; else it follows the goal, also when that is steered.
    "ALTER TABLE session ADD COLUMN names_loudness INTEGER NOT NULL DEFAULT 1;",
    R"sql(
  ALTER TABLE change ADD COLUMN pads_db REAL;
  ALTER TABLE change ADD COLUMN bass_db REAL;
  ALTER TABLE change ADD COLUMN melody_db REAL;
  ALTER TABLE change ADD COLUMN percussion_db REAL;
  ALTER TABLE change ADD COLUMN ambience_db REAL;
)sql",
    R"sql(
  CREATE TABLE answer (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    organization TEXT NOT NULL,
    caller TEXT NOT NULL,
    request_key TEXT NOT NULL,
    digest TEXT NOT NULL,
    begun_at INTEGER NOT NULL,
    session_id TEXT NOT NULL DEFAULT '',
    status INTEGER NOT NULL DEFAULT 0,
    bytes INTEGER NOT NULL DEFAULT 0,
    body TEXT NOT NULL DEFAULT '',
    UNIQUE (organization, caller, request_key)
  ) STRICT;
  CREATE INDEX answer_of_owner ON answer (organization, caller, number, bytes);
  CREATE INDEX answer_by_age ON answer (begun_at);
  CREATE INDEX session_of_owner ON session (organization, caller);
)sql",
    R"sql(
  CREATE TABLE message (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    address TEXT NOT NULL,
    kind TEXT NOT NULL,
    session_id TEXT NOT NULL,
    segment_index INTEGER NOT NULL,
    detail TEXT NOT NULL,
    organization TEXT NOT NULL,
    caller TEXT NOT NULL,
    happened_at INTEGER NOT NULL,
    due_at INTEGER NOT NULL,
    attempts INTEGER NOT NULL DEFAULT 0
  ) STRICT;
  CREATE INDEX message_by_due ON message (due_at, number);
  ALTER TABLE session ADD COLUMN told_complete INTEGER NOT NULL DEFAULT -1;
)sql",
    "ALTER TABLE change ADD COLUMN scenes TEXT;",
};

}  // namespace

absl::Span<const char* const> catalogue_schema_steps() { return kSteps; }

}  // namespace focus::core::store
