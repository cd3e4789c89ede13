// SPDX-License-Identifier: MIT
#include "store/postgres/schema.h"

#include <algorithm>
#include <cstdint>

#include <absl/strings/str_cat.h>

#include "base/error.h"

namespace focus::core::store {
namespace {

/// The key of the advisory lock under which the schema is changed: "focus" in ASCII.
constexpr std::int64_t kSchemaLock = 0x666F637573;

// Times called *_at are Unix seconds of the nodes' clocks. Times in milliseconds are of the
// database's clock: due, lease_until, after, seen.
constexpr PgSchemaStep kSteps[] = {
    {R"sql(
  -- One for each claim of any session, so that an epoch is never used twice.
  CREATE SEQUENCE epoch;

  CREATE TABLE session (
    number BIGINT GENERATED ALWAYS AS IDENTITY UNIQUE,
    id TEXT PRIMARY KEY,
    created_at BIGINT NOT NULL,
    touched_at BIGINT NOT NULL,
    ended BOOLEAN NOT NULL,
    stopped_cap BOOLEAN NOT NULL,
    plan_version INTEGER NOT NULL,
    organization TEXT NOT NULL,
    caller TEXT NOT NULL,
    format TEXT NOT NULL,
    request TEXT NOT NULL,
    changes INTEGER NOT NULL DEFAULT 0,
    revision BIGINT NOT NULL DEFAULT 0,
    told_complete INTEGER NOT NULL DEFAULT -1,
    heard INTEGER NOT NULL DEFAULT -1,
    heard_ms BIGINT NOT NULL DEFAULT 0
  );
  CREATE INDEX session_of_owner ON session (organization, caller, number);
  CREATE INDEX session_by_age ON session (GREATEST(created_at, touched_at));

  CREATE TABLE change (
    session_id TEXT NOT NULL REFERENCES session (id) ON DELETE CASCADE,
    number INTEGER NOT NULL,
    from_hundredths BIGINT NOT NULL,
    goal TEXT,
    intensity TEXT,
    divergence DOUBLE PRECISION,
    custom_prompt TEXT,
    target_minutes INTEGER,
    pads_db DOUBLE PRECISION,
    bass_db DOUBLE PRECISION,
    melody_db DOUBLE PRECISION,
    percussion_db DOUBLE PRECISION,
    ambience_db DOUBLE PRECISION,
    scenes TEXT,
    PRIMARY KEY (session_id, number)
  );

  -- A segment is the job of making it. state: 0 planned, 1 being made, 2 ready.
  CREATE TABLE segment (
    session_id TEXT NOT NULL REFERENCES session (id) ON DELETE CASCADE,
    number INTEGER NOT NULL,
    state SMALLINT NOT NULL DEFAULT 0,
    -- What is wanted: NULL in due says that nobody wants it.
    due BIGINT,
    organization TEXT NOT NULL DEFAULT '',
    caller TEXT NOT NULL DEFAULT '',
    is_heard BOOLEAN NOT NULL DEFAULT FALSE,
    wanted_engine TEXT NOT NULL DEFAULT '',
    wanted_version TEXT NOT NULL DEFAULT '',
    wanted_fallback TEXT NOT NULL DEFAULT '',
    plan_version INTEGER NOT NULL DEFAULT 0,
    changes INTEGER NOT NULL DEFAULT 0,
    in_order BOOLEAN NOT NULL DEFAULT FALSE,
    micros BIGINT NOT NULL DEFAULT 0,
    failures INTEGER NOT NULL DEFAULT 0,
    -- The claim, newest or last.
    epoch BIGINT NOT NULL DEFAULT 0,
    node TEXT NOT NULL DEFAULT '',
    lease_ms BIGINT NOT NULL DEFAULT 0,
    lease_until BIGINT NOT NULL DEFAULT 0,
    hold BIGINT,
    -- What was made.
    object TEXT NOT NULL DEFAULT '',
    engine TEXT NOT NULL DEFAULT '',
    engine_version TEXT NOT NULL DEFAULT '',
    licence_class TEXT NOT NULL DEFAULT '',
    instrumental BOOLEAN NOT NULL DEFAULT FALSE,
    fallback BOOLEAN NOT NULL DEFAULT FALSE,
    frames BIGINT NOT NULL DEFAULT 0,
    bytes BIGINT NOT NULL DEFAULT 0,
    digest TEXT NOT NULL DEFAULT '',
    sample_rate INTEGER NOT NULL DEFAULT 0,
    integrated_lufs DOUBLE PRECISION NOT NULL DEFAULT 0,
    range_lu DOUBLE PRECISION NOT NULL DEFAULT 0,
    true_peak_dbtp DOUBLE PRECISION NOT NULL DEFAULT 0,
    gain_db DOUBLE PRECISION NOT NULL DEFAULT 0,
    limited BOOLEAN NOT NULL DEFAULT FALSE,
    cue_in BIGINT NOT NULL DEFAULT 0,
    cue_out BIGINT NOT NULL DEFAULT 0,
    leading_silence BIGINT NOT NULL DEFAULT 0,
    trailing_silence BIGINT NOT NULL DEFAULT 0,
    PRIMARY KEY (session_id, number)
  );
  CREATE INDEX segment_due ON segment (due) WHERE state = 0 AND due IS NOT NULL;
  CREATE INDEX segment_turn ON segment (organization, caller, due)
    WHERE state = 0 AND due IS NOT NULL;
  CREATE INDEX segment_lease ON segment (lease_until) WHERE state = 1;

  CREATE TABLE track (
    number BIGINT GENERATED ALWAYS AS IDENTITY UNIQUE,
    id TEXT PRIMARY KEY,
    title TEXT NOT NULL,
    engine TEXT NOT NULL,
    session_id TEXT NOT NULL,
    segment_index INTEGER NOT NULL,
    segment_gone BOOLEAN NOT NULL DEFAULT FALSE,
    organization TEXT NOT NULL,
    caller TEXT NOT NULL,
    licence_class TEXT NOT NULL,
    instrumental BOOLEAN NOT NULL,
    frames BIGINT NOT NULL,
    sample_rate INTEGER NOT NULL,
    format TEXT NOT NULL,
    bytes BIGINT NOT NULL,
    digest TEXT NOT NULL,
    object TEXT NOT NULL,
    created_at BIGINT NOT NULL
  );
  CREATE UNIQUE INDEX track_of_segment ON track (session_id, segment_index)
    WHERE NOT segment_gone;
  CREATE INDEX track_of_owner ON track (organization, caller, number);

  -- Objects that no row uses: not yet, or no longer. They may be removed from `after` on.
  CREATE TABLE orphan (object TEXT PRIMARY KEY, after BIGINT NOT NULL);
  CREATE INDEX orphan_by_age ON orphan (after);

  CREATE TABLE url_key (
    number BIGINT GENERATED ALWAYS AS IDENTITY UNIQUE,
    id TEXT PRIMARY KEY,
    secret TEXT NOT NULL,
    created_at BIGINT NOT NULL
  );

  CREATE TABLE answer (
    number BIGINT GENERATED ALWAYS AS IDENTITY UNIQUE,
    organization TEXT NOT NULL,
    caller TEXT NOT NULL,
    request_key TEXT NOT NULL,
    digest TEXT NOT NULL,
    begun_at BIGINT NOT NULL,
    -- Who is at it while there is no status.
    runner TEXT NOT NULL,
    lease_until BIGINT NOT NULL,
    session_id TEXT NOT NULL DEFAULT '',
    status INTEGER NOT NULL DEFAULT 0,
    bytes BIGINT NOT NULL DEFAULT 0,
    body TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (organization, caller, request_key)
  );
  CREATE INDEX answer_by_age ON answer (begun_at);

  CREATE TABLE message (
    number BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    address TEXT NOT NULL,
    kind TEXT NOT NULL,
    session_id TEXT NOT NULL,
    segment_index INTEGER NOT NULL,
    detail TEXT NOT NULL,
    organization TEXT NOT NULL,
    caller TEXT NOT NULL,
    happened_at BIGINT NOT NULL,
    due_at BIGINT NOT NULL,
    attempts INTEGER NOT NULL DEFAULT 0
  );
  CREATE INDEX message_by_due ON message (due_at, number);

  -- Money: what each session and each day of an organization has settled, and holds.
  CREATE TABLE session_account (
    session_id TEXT PRIMARY KEY,
    settled BIGINT NOT NULL DEFAULT 0,
    held BIGINT NOT NULL DEFAULT 0
  );
  CREATE TABLE day_account (
    day BIGINT NOT NULL,
    organization TEXT NOT NULL,
    settled BIGINT NOT NULL DEFAULT 0,
    held BIGINT NOT NULL DEFAULT 0,
    PRIMARY KEY (day, organization)
  );
  CREATE TABLE hold (
    number BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    session_id TEXT NOT NULL,
    segment INTEGER NOT NULL,
    organization TEXT NOT NULL,
    day BIGINT NOT NULL,
    micros BIGINT NOT NULL,
    node TEXT NOT NULL,
    lease_ms BIGINT NOT NULL,
    lease_until BIGINT NOT NULL
  );
  CREATE INDEX hold_of_session ON hold (session_id, segment);
  CREATE INDEX hold_of_day ON hold (day, organization);

  CREATE TABLE access_key (
    hash TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    organizations TEXT NOT NULL,
    capabilities TEXT NOT NULL,
    requests_per_minute INTEGER
  );
  CREATE TABLE access_revision (one BOOLEAN PRIMARY KEY DEFAULT TRUE, revision BIGINT NOT NULL);
  INSERT INTO access_revision (revision) VALUES (0);

  CREATE TABLE rate (
    bucket TEXT NOT NULL,
    window_start BIGINT NOT NULL,
    requests BIGINT NOT NULL,
    PRIMARY KEY (bucket, window_start)
  );
  CREATE INDEX rate_by_age ON rate (window_start);

  CREATE TABLE duty (name TEXT PRIMARY KEY, node TEXT NOT NULL, lease_until BIGINT NOT NULL);
  CREATE TABLE node (name TEXT PRIMARY KEY, plan_version INTEGER NOT NULL, seen BIGINT NOT NULL);
)sql"},
};

}  // namespace

std::span<const PgSchemaStep> pg_schema() { return kSteps; }

absl::Status prepare_pg_schema(PgPool& pool, std::span<const PgSchemaStep> steps) {
  return pool.change([&](PgConnection& connection) -> absl::Status {
    const auto known = static_cast<std::int64_t>(steps.size());
    // Held until the transaction ends.
    FOCUS_RETURN_IF_ERROR(
        connection.run("SELECT pg_advisory_xact_lock($1::bigint)", {kSchemaLock}).status());
    FOCUS_ASSIGN_OR_RETURN(
        const PgRows schema,
        connection.run("SELECT 1 FROM pg_namespace WHERE nspname = $1", {"focus_session"}));
    if (schema.empty()) FOCUS_RETURN_IF_ERROR(connection.execute("CREATE SCHEMA focus_session"));
    // `oldest` is the version that a build must know at least.
    FOCUS_RETURN_IF_ERROR(connection.execute(
        "CREATE TABLE IF NOT EXISTS schema_version (one BOOLEAN PRIMARY KEY DEFAULT TRUE, "
        "version BIGINT NOT NULL, oldest BIGINT NOT NULL);"
        "INSERT INTO schema_version (version, oldest) VALUES (0, 0) ON CONFLICT DO NOTHING"));
    FOCUS_ASSIGN_OR_RETURN(const PgRows found,
                           connection.run("SELECT version, oldest FROM schema_version"));
    const std::int64_t version = found.integer(0, 0);
    std::int64_t oldest = found.integer(0, 1);
    if (oldest > known) {
      return fault_error(
          Fault::unsupported,
          absl::StrCat("the database was written by a newer version of the library (schema ",
                       version, ", and this one knows ", known,
                       "); update this node, or use another database"));
    }
    for (std::int64_t next = version; next < known; ++next) {
      const PgSchemaStep& step = steps[static_cast<std::size_t>(next)];
      FOCUS_RETURN_IF_ERROR(connection.execute(step.sql));
      if (!step.older_builds_go_on) oldest = next + 1;
    }
    return connection
        .run("UPDATE schema_version SET version = GREATEST(version, $1), oldest = $2",
             {known, oldest})
        .status();
  });
}

}  // namespace focus::core::store
