// SPDX-License-Identifier: MIT
#include "store/postgres/segment_rows.h"

#include <utility>

#include "base/error.h"
#include "store/postgres/money.h"
#include "store/postgres/notice_text.h"
#include "store/postgres/orphans.h"

namespace focus::core::store {
namespace {

/// Locks the row where the epoch is its claim's. Returns the number of the hold, 0 where there is
/// none.
absl::StatusOr<std::int64_t> lock_claim(PgConnection& connection, const std::string& session_id,
                                        int index, std::int64_t epoch) {
  FOCUS_ASSIGN_OR_RETURN(
      const PgRows claim,
      connection.run("SELECT hold FROM segment WHERE session_id = $1 AND number = $2 "
                     "AND epoch = $3 AND state < 2 FOR UPDATE",
                     {session_id, index, epoch}));
  if (!claim.empty()) return claim.integer(0, 0);
  FOCUS_ASSIGN_OR_RETURN(const PgRows session,
                         connection.run("SELECT 1 FROM session WHERE id = $1", {session_id}));
  return session.empty() ? no_session(session_id) : claim_lost(index);
}

absl::StatusOr<audio::AudioFormat> format_from(const std::string& name) {
  const auto format = audio::format_named(name);
  if (format) return *format;
  return fault_error(Fault::unsupported,
                     "the session's audio has a format that this version does not know");
}

SegmentRecord record_from(const PgRows& rows, int row) {
  SegmentRecord record;
  record.index = rows.small(row, 0);
  record.engine = rows.text(row, 1);
  record.engine_version = rows.text(row, 2);
  record.licence_class = rows.text(row, 3);
  record.instrumental = rows.flag(row, 4);
  record.fallback = rows.flag(row, 5);
  record.frames = rows.integer(row, 6);
  record.bytes = rows.integer(row, 7);
  record.digest = rows.text(row, 8);
  record.sample_rate = rows.small(row, 9);
  mastering::Mastering& mastering = record.mastering;
  mastering.integrated_lufs = rows.real(row, 10);
  mastering.range_lu = rows.real(row, 11);
  mastering.true_peak_dbtp = rows.real(row, 12);
  mastering.gain_db = rows.real(row, 13);
  mastering.limited = rows.flag(row, 14);
  mastering.cue.cue_in = rows.integer(row, 15);
  mastering.cue.cue_out = rows.integer(row, 16);
  mastering.cue.leading_silence = rows.integer(row, 17);
  mastering.cue.trailing_silence = rows.integer(row, 18);
  return record;
}

}  // namespace

absl::Status PgSegmentRows::begin(const std::string& session_id, int index, std::int64_t epoch,
                                  const std::string& object) {
  return pool_.change([&](PgConnection& connection) -> absl::Status {
    FOCUS_RETURN_IF_ERROR(lock_claim(connection, session_id, index, epoch).status());
    return expect_object(connection, object);
  });
}

absl::Status PgSegmentRows::complete(const std::string& session_id, std::int64_t epoch,
                                     const SegmentRecord& segment, const std::string& object) {
  return messages_.change([&](PgConnection& connection) -> absl::Status {
    // The session first: the one order in which rows are locked.
    FOCUS_RETURN_IF_ERROR(connection.run(kPgRaiseRevision, {session_id}).status());
    FOCUS_ASSIGN_OR_RETURN(const std::int64_t hold,
                           lock_claim(connection, session_id, segment.index, epoch));
    FOCUS_RETURN_IF_ERROR(adopt_object(connection, object));
    const mastering::Mastering& mastering = segment.mastering;
    FOCUS_RETURN_IF_ERROR(
        connection
            .run("UPDATE segment SET state = 2, due = NULL, hold = NULL, object = $3, engine = $4, "
                 "engine_version = $5, licence_class = $6, instrumental = $7, fallback = $8, "
                 "frames = $9, bytes = $10, digest = $11, sample_rate = $12, "
                 "integrated_lufs = $13, range_lu = $14, true_peak_dbtp = $15, gain_db = $16, "
                 "limited = $17, cue_in = $18, cue_out = $19, leading_silence = $20, "
                 "trailing_silence = $21 WHERE session_id = $1 AND number = $2",
                 {session_id,
                  segment.index,
                  object,
                  segment.engine,
                  segment.engine_version,
                  segment.licence_class,
                  segment.instrumental,
                  segment.fallback,
                  segment.frames,
                  segment.bytes,
                  segment.digest,
                  segment.sample_rate,
                  mastering.integrated_lufs,
                  mastering.range_lu,
                  mastering.true_peak_dbtp,
                  mastering.gain_db,
                  mastering.limited,
                  mastering.cue.cue_in,
                  mastering.cue.cue_out,
                  mastering.cue.leading_silence,
                  mastering.cue.trailing_silence})
            .status());
    FOCUS_RETURN_IF_ERROR(messages_.keep(
        connection, {MessageKind::segment_ready, session_id, segment.index, segment.engine}));
    // A hold that is not there was settled or given back by its maker.
    return hold == 0 ? absl::OkStatus() : settle_money(connection, hold).status();
  });
}

absl::StatusOr<std::vector<PgSegmentRows::Row>> PgSegmentRows::list(const std::string& session_id) {
  std::vector<Row> list;
  const absl::Status done = pool_.read([&](PgConnection& connection) -> absl::Status {
    list.clear();
    // One row without a segment where nothing is ready.
    FOCUS_ASSIGN_OR_RETURN(
        const PgRows rows,
        connection.run("SELECT number, engine, engine_version, licence_class, instrumental, "
                       "fallback, frames, bytes, digest, sample_rate, integrated_lufs, range_lu, "
                       "true_peak_dbtp, gain_db, limited, cue_in, cue_out, leading_silence, "
                       "trailing_silence, object, format "
                       "FROM (SELECT id, format FROM session WHERE id = $1) AS one "
                       "LEFT JOIN segment ON session_id = id AND state = 2 ORDER BY number",
                       {session_id}));
    if (rows.empty()) return no_session(session_id);
    FOCUS_ASSIGN_OR_RETURN(const audio::AudioFormat format, format_from(rows.text(0, 20)));
    for (int row = 0; row < rows.count(); ++row) {
      if (rows.is_null(row, 0)) continue;
      SegmentRecord record = record_from(rows, row);
      Place place{rows.text(row, 19), format, record.bytes, record.digest};
      list.push_back({std::move(record), std::move(place)});
    }
    return absl::OkStatus();
  });
  FOCUS_RETURN_IF_ERROR(done);
  return list;
}

absl::StatusOr<PgSegmentRows::Place> PgSegmentRows::find(const std::string& session_id, int index) {
  FOCUS_ASSIGN_OR_RETURN(
      const PgRows rows,
      pool_.read("SELECT session.format, segment.object, segment.bytes, segment.digest "
                 "FROM session LEFT JOIN segment ON segment.session_id = session.id "
                 "AND segment.number = $2 AND segment.state = 2 WHERE session.id = $1",
                 {session_id, index}));
  if (rows.empty()) return no_session(session_id);
  if (rows.is_null(0, 1)) return no_segment(index);
  FOCUS_ASSIGN_OR_RETURN(const audio::AudioFormat format, format_from(rows.text(0, 0)));
  return Place{rows.text(0, 1), format, rows.integer(0, 2), rows.text(0, 3)};
}

absl::Status PgSegmentRows::forget(const std::string& session_id, int index) {
  return pool_.change([&](PgConnection& connection) -> absl::Status {
    FOCUS_ASSIGN_OR_RETURN(
        const PgRows session,
        connection.run("SELECT 1 FROM session WHERE id = $1 FOR UPDATE", {session_id}));
    if (session.empty()) return no_session(session_id);
    FOCUS_ASSIGN_OR_RETURN(
        const PgRows forgotten,
        connection.run("DELETE FROM segment WHERE session_id = $1 AND number = $2 AND state = 2 "
                       "RETURNING object",
                       {session_id, index}));
    if (forgotten.empty()) return absl::OkStatus();
    FOCUS_RETURN_IF_ERROR(abandon_object(connection, forgotten.text(0, 0)));
    return connection.run(kPgRaiseRevision, {session_id}).status();
  });
}

}  // namespace focus::core::store
