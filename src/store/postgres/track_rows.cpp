// SPDX-License-Identifier: MIT
#include "store/postgres/track_rows.h"

#include <utility>

#include <absl/strings/str_cat.h>

#include "base/error.h"
#include "store/postgres/orphans.h"

namespace focus::core::store {
namespace {

#define FOCUS_PG_TRACK                                                                         \
  "SELECT id, title, engine, session_id, segment_index, organization, caller, licence_class, " \
  "instrumental, frames, sample_rate, format, bytes, digest, created_at FROM track "

std::vector<TrackRecord> tracks_from(const PgRows& rows) {
  std::vector<TrackRecord> tracks;
  for (int row = 0; row < rows.count(); ++row) {
    TrackRecord track;
    track.id = rows.text(row, 0);
    track.title = rows.text(row, 1);
    track.engine = rows.text(row, 2);
    track.session_id = rows.text(row, 3);
    track.segment_index = rows.small(row, 4);
    track.organization = rows.text(row, 5);
    track.caller = rows.text(row, 6);
    track.licence_class = rows.text(row, 7);
    track.instrumental = rows.flag(row, 8);
    track.frames = rows.integer(row, 9);
    track.sample_rate = rows.small(row, 10);
    // A format that a newer build has added is left out, not guessed.
    const auto format = audio::format_named(rows.text(row, 11));
    if (!format) continue;
    track.format = *format;
    track.bytes = rows.integer(row, 12);
    track.digest = rows.text(row, 13);
    track.created_at = rows.integer(row, 14);
    tracks.push_back(std::move(track));
  }
  return tracks;
}

absl::Status check_in(PgConnection& connection, const TrackRecord& track, int known) {
  FOCUS_ASSIGN_OR_RETURN(
      const PgRows session,
      connection.run("SELECT changes FROM session WHERE id = $1 FOR UPDATE", {track.session_id}));
  if (session.empty()) return no_session(track.session_id);
  const int changes = session.small(0, 0);
  if (changes != known) return steered_meanwhile(changes, known);
  FOCUS_ASSIGN_OR_RETURN(
      const PgRows other,
      connection.run(FOCUS_PG_TRACK "WHERE session_id = $1 AND segment_index = $2 "
                                    "AND NOT segment_gone",
                     {track.session_id, track.segment_index}));
  const std::vector<TrackRecord> others = tracks_from(other);
  return others.empty() ? absl::OkStatus() : promoted_already(others.front());
}

}  // namespace

absl::Status PgTrackRows::check(const TrackRecord& track, int changes) {
  return pool_.change(
      [&](PgConnection& connection) { return check_in(connection, track, changes); });
}

absl::Status PgTrackRows::begin(const std::string& object) {
  return pool_.change([&](PgConnection& connection) { return expect_object(connection, object); });
}

absl::Status PgTrackRows::add(const TrackRecord& track, const std::string& object, int changes) {
  return messages_.change([&](PgConnection& connection) -> absl::Status {
    FOCUS_RETURN_IF_ERROR(check_in(connection, track, changes));
    FOCUS_RETURN_IF_ERROR(adopt_object(connection, object));
    FOCUS_RETURN_IF_ERROR(messages_.keep(
        connection, {MessageKind::track_kept, track.session_id, track.segment_index, track.id}));
    return connection
        .run(
            "INSERT INTO track (id, title, engine, session_id, segment_index, organization, "
            "caller, licence_class, instrumental, frames, sample_rate, format, bytes, digest, "
            "created_at, object) "
            "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)",
            {track.id, track.title, track.engine, track.session_id, track.segment_index,
             track.organization, track.caller, track.licence_class, track.instrumental,
             track.frames, track.sample_rate, std::string(name_of(track.format)), track.bytes,
             track.digest, track.created_at, object})
        .status();
  });
}

absl::StatusOr<TrackRecord> PgTrackRows::find(const std::string& id) {
  FOCUS_ASSIGN_OR_RETURN(const PgRows rows, pool_.read(FOCUS_PG_TRACK "WHERE id = $1", {id}));
  std::vector<TrackRecord> tracks = tracks_from(rows);
  if (tracks.empty()) return no_track(id);
  return std::move(tracks.front());
}

absl::StatusOr<std::string> PgTrackRows::object(const std::string& id) {
  FOCUS_ASSIGN_OR_RETURN(const PgRows rows,
                         pool_.read("SELECT object FROM track WHERE id = $1", {id}));
  if (rows.empty()) return no_track(id);
  return rows.text(0, 0);
}

absl::StatusOr<std::vector<TrackRecord>> PgTrackRows::list() {
  FOCUS_ASSIGN_OR_RETURN(const PgRows rows, pool_.read(FOCUS_PG_TRACK "ORDER BY number"));
  return tracks_from(rows);
}

absl::StatusOr<std::vector<TrackRecord>> PgTrackRows::list_of(const TrackQuery& query) {
  FOCUS_ASSIGN_OR_RETURN(
      const PgRows rows,
      pool_.read(FOCUS_PG_TRACK
                 "WHERE organization = $1 AND caller = $2 AND ($3 = '' OR number < "
                 "(SELECT number FROM track WHERE id = $3 AND organization = $1 AND caller = $2)) "
                 "ORDER BY number DESC LIMIT $4",
                 {query.organization, query.caller, query.before, query.limit}));
  return tracks_from(rows);
}

absl::StatusOr<std::optional<TrackRecord>> PgTrackRows::of_segment(const std::string& session_id,
                                                                   int index) {
  FOCUS_ASSIGN_OR_RETURN(const PgRows rows,
                         pool_.read(FOCUS_PG_TRACK "WHERE session_id = $1 AND segment_index = $2 "
                                                   "AND NOT segment_gone",
                                    {session_id, index}));
  std::vector<TrackRecord> tracks = tracks_from(rows);
  if (tracks.empty()) return std::optional<TrackRecord>();
  return std::optional(std::move(tracks.front()));
}

absl::Status PgTrackRows::remove(const std::string& id) {
  return pool_.change([&](PgConnection& connection) -> absl::Status {
    FOCUS_ASSIGN_OR_RETURN(const PgRows gone, connection.run("DELETE FROM track WHERE id = $1 "
                                                             "RETURNING object",
                                                             {id}));
    if (gone.empty()) return no_track(id);
    return abandon_object(connection, gone.text(0, 0));
  });
}

}  // namespace focus::core::store
