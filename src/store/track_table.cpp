// SPDX-License-Identifier: MIT
#include "store/track_table.h"

#include <absl/strings/str_cat.h>

#include "base/error.h"
#include "base/ids.h"

namespace focus::core::store {
namespace {

constexpr char kSelect[] =
    "SELECT id, title, engine, session_id, segment_index, organization, caller, licence_class, "
    "instrumental, frames, sample_rate, format, bytes, created_at, digest FROM track ";

absl::StatusOr<TrackRecord> track_from(const Statement& row) {
  TrackRecord track;
  track.id = row.text(0);
  track.title = row.text(1);
  track.engine = row.text(2);
  track.session_id = row.text(3);
  track.segment_index = static_cast<int>(row.integer(4));
  track.organization = row.text(5);
  track.caller = row.text(6);
  track.licence_class = row.text(7);
  track.instrumental = row.integer(8) != 0;
  track.frames = row.integer(9);
  track.sample_rate = static_cast<int>(row.integer(10));
  const auto format = audio::format_named(row.text(11));
  track.bytes = row.integer(12);
  track.created_at = row.integer(13);
  track.digest = row.text(14);
  if (!format || !is_track_id(track.id)) {
    return damaged_catalogue(absl::StrCat("a track '", track.id, "' that can not be"));
  }
  track.format = *format;
  return track;
}

absl::StatusOr<std::vector<TrackRecord>> all_of(Statement select) {
  std::vector<TrackRecord> tracks;
  while (true) {
    FOCUS_ASSIGN_OR_RETURN(const bool more, select.step());
    if (!more) return tracks;
    FOCUS_ASSIGN_OR_RETURN(TrackRecord track, track_from(select));
    tracks.push_back(std::move(track));
  }
}

}  // namespace

absl::Status TrackTable::add(const TrackRecord& track, Segment segment) {
  FOCUS_ASSIGN_OR_RETURN(
      Statement insert,
      database_.prepare(
          "INSERT INTO track (id, title, engine, session_id, segment_index, organization, caller, "
          "licence_class, instrumental, frames, sample_rate, format, bytes, created_at, digest, "
          "segment_gone) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)"));
  return insert.bind(track.id)
      .bind(track.title)
      .bind(track.engine)
      .bind(track.session_id)
      .bind(std::int64_t{track.segment_index})
      .bind(track.organization)
      .bind(track.caller)
      .bind(track.licence_class)
      .bind(std::int64_t{track.instrumental})
      .bind(track.frames)
      .bind(std::int64_t{track.sample_rate})
      .bind(std::string(name_of(track.format)))
      .bind(track.bytes)
      .bind(track.created_at)
      .bind(track.digest)
      .bind(std::int64_t{segment == Segment::gone})
      .run();
}

absl::StatusOr<std::optional<TrackRecord>> TrackTable::first_of(Statement select) {
  FOCUS_ASSIGN_OR_RETURN(const bool found, select.step());
  if (!found) return std::optional<TrackRecord>();
  FOCUS_ASSIGN_OR_RETURN(TrackRecord track, track_from(select));
  return std::optional(std::move(track));
}

absl::StatusOr<TrackRecord> TrackTable::find(const std::string& id) {
  FOCUS_ASSIGN_OR_RETURN(Statement select,
                         database_.prepare(absl::StrCat(kSelect, "WHERE id = ?")));
  select.bind(id);
  FOCUS_ASSIGN_OR_RETURN(auto track, first_of(std::move(select)));
  if (!track) return no_track(id);
  return *std::move(track);
}

absl::StatusOr<std::vector<TrackRecord>> TrackTable::list() {
  FOCUS_ASSIGN_OR_RETURN(Statement select,
                         database_.prepare(absl::StrCat(kSelect, "ORDER BY rowid")));
  return all_of(std::move(select));
}

absl::StatusOr<std::vector<TrackRecord>> TrackTable::list(const TrackQuery& query) {
  const char* const before = query.before.empty() ? "" : "AND rowid < (SELECT rowid FROM mine) ";
  FOCUS_ASSIGN_OR_RETURN(Statement select, database_.prepare(absl::StrCat(
                                               "WITH mine AS (SELECT rowid FROM track WHERE id = ? "
                                               "AND organization = ? AND caller = ?) ",
                                               kSelect, "WHERE organization = ? AND caller = ? ",
                                               before, "ORDER BY rowid DESC LIMIT ?")));
  select.bind(query.before)
      .bind(query.organization)
      .bind(query.caller)
      .bind(query.organization)
      .bind(query.caller)
      .bind(std::int64_t{query.limit});
  return all_of(std::move(select));
}

absl::StatusOr<std::optional<TrackRecord>> TrackTable::of_segment(const std::string& session_id,
                                                                  int index) {
  FOCUS_ASSIGN_OR_RETURN(
      Statement select,
      database_.prepare(absl::StrCat(
          kSelect, "WHERE session_id = ? AND segment_index = ? AND segment_gone = 0")));
  select.bind(session_id).bind(std::int64_t{index});
  return first_of(std::move(select));
}

absl::Status TrackTable::remove(const std::string& id) {
  FOCUS_ASSIGN_OR_RETURN(Statement erase, database_.prepare("DELETE FROM track WHERE id = ?"));
  return erase.bind(id).run();
}

absl::Status TrackTable::segments_gone(const std::string& session_id, int first_gone) {
  FOCUS_ASSIGN_OR_RETURN(
      Statement update,
      database_.prepare(
          "UPDATE track SET segment_gone = 1 WHERE session_id = ? AND segment_index >= ?"));
  return update.bind(session_id).bind(std::int64_t{first_gone}).run();
}

}  // namespace focus::core::store
