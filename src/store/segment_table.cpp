// SPDX-License-Identifier: MIT
#include "store/segment_table.h"

#include <utility>

#include "base/error.h"

namespace focus::core::store {
namespace {

/// Runs a statement that returns the rows it has changed, and returns whether there were any.
absl::StatusOr<bool> some_row(Statement statement) {
  bool some = false;
  while (true) {
    FOCUS_ASSIGN_OR_RETURN(const bool more, statement.step());
    if (!more) return some;
    some = true;
  }
}

}  // namespace

absl::Status SegmentTable::put(const std::string& session_id, std::int64_t epoch,
                               const SegmentRecord& segment) {
  FOCUS_ASSIGN_OR_RETURN(
      Statement insert,
      database_.prepare("INSERT INTO segment VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)"));
  const mastering::Mastering& mastering = segment.mastering;
  return insert.bind(session_id)
      .bind(std::int64_t{segment.index})
      .bind(segment.engine)
      .bind(segment.engine_version)
      .bind(std::int64_t{segment.fallback})
      .bind(segment.frames)
      .bind(segment.bytes)
      .bind(std::int64_t{segment.sample_rate})
      .bind(mastering.integrated_lufs)
      .bind(mastering.range_lu)
      .bind(mastering.true_peak_dbtp)
      .bind(mastering.gain_db)
      .bind(std::int64_t{mastering.limited})
      .bind(mastering.cue.cue_in)
      .bind(mastering.cue.cue_out)
      .bind(mastering.cue.leading_silence)
      .bind(mastering.cue.trailing_silence)
      .bind(segment.licence_class)
      .bind(std::int64_t{segment.instrumental})
      .bind(epoch)
      .bind(segment.digest)
      .run();
}

absl::StatusOr<std::vector<SegmentTable::Row>> SegmentTable::list(const std::string& session_id) {
  FOCUS_ASSIGN_OR_RETURN(
      Statement select,
      database_.prepare(
          "SELECT number, engine, engine_version, fallback, frames, bytes, sample_rate, "
          "integrated_lufs, range_lu, true_peak_dbtp, gain_db, limited, "
          "cue_in, cue_out, leading_silence, trailing_silence, licence_class, instrumental, epoch, "
          "digest "
          "FROM segment WHERE session_id = ? ORDER BY number"));
  select.bind(session_id);
  std::vector<Row> rows;
  while (true) {
    FOCUS_ASSIGN_OR_RETURN(const bool more, select.step());
    if (!more) return rows;
    SegmentRecord& record = rows.emplace_back().record;
    record.index = static_cast<int>(select.integer(0));
    record.engine = select.text(1);
    record.engine_version = select.text(2);
    record.fallback = select.integer(3) != 0;
    record.frames = select.integer(4);
    record.bytes = select.integer(5);
    record.sample_rate = static_cast<int>(select.integer(6));
    record.mastering.integrated_lufs = select.real(7);
    record.mastering.range_lu = select.real(8);
    record.mastering.true_peak_dbtp = select.real(9);
    record.mastering.gain_db = select.real(10);
    record.mastering.limited = select.integer(11) != 0;
    record.mastering.cue.cue_in = select.integer(12);
    record.mastering.cue.cue_out = select.integer(13);
    record.mastering.cue.leading_silence = select.integer(14);
    record.mastering.cue.trailing_silence = select.integer(15);
    record.licence_class = select.text(16);
    record.instrumental = select.integer(17) != 0;
    rows.back().epoch = select.integer(18);
    record.digest = select.text(19);
  }
}

absl::StatusOr<std::optional<std::string>> SegmentTable::digest(const std::string& session_id,
                                                                int index) {
  FOCUS_ASSIGN_OR_RETURN(
      Statement select,
      database_.prepare("SELECT digest FROM segment WHERE session_id = ? AND number = ?"));
  FOCUS_ASSIGN_OR_RETURN(const bool found,
                         select.bind(session_id).bind(std::int64_t{index}).step());
  return found ? std::optional(select.text(0)) : std::nullopt;
}

absl::StatusOr<bool> SegmentTable::has(const std::string& session_id, int index) {
  FOCUS_ASSIGN_OR_RETURN(
      Statement select,
      database_.prepare("SELECT 1 FROM segment WHERE session_id = ? AND number = ?"));
  return select.bind(session_id).bind(std::int64_t{index}).step();
}

absl::StatusOr<std::vector<int>> SegmentTable::indices_from(const std::string& session_id,
                                                            int first) {
  FOCUS_ASSIGN_OR_RETURN(Statement select,
                         database_.prepare("SELECT number FROM segment WHERE session_id = ? AND "
                                           "number >= ? ORDER BY number"));
  select.bind(session_id).bind(std::int64_t{first});
  std::vector<int> indices;
  while (true) {
    FOCUS_ASSIGN_OR_RETURN(const bool more, select.step());
    if (!more) return indices;
    indices.push_back(static_cast<int>(select.integer(0)));
  }
}

absl::StatusOr<bool> SegmentTable::forget(const std::string& session_id, int index) {
  FOCUS_ASSIGN_OR_RETURN(
      Statement erase,
      database_.prepare(
          "DELETE FROM segment WHERE session_id = ? AND number = ? RETURNING number"));
  return some_row(std::move(erase.bind(session_id).bind(std::int64_t{index})));
}

absl::StatusOr<bool> SegmentTable::forget(const std::string& session_id, int index,
                                          std::int64_t epoch) {
  FOCUS_ASSIGN_OR_RETURN(
      Statement erase,
      database_.prepare("DELETE FROM segment WHERE session_id = ? AND number = ? AND epoch = ? "
                        "RETURNING number"));
  return some_row(std::move(erase.bind(session_id).bind(std::int64_t{index}).bind(epoch)));
}

absl::Status SegmentTable::forget_from(const std::string& session_id, int first) {
  FOCUS_ASSIGN_OR_RETURN(
      Statement erase,
      database_.prepare("DELETE FROM segment WHERE session_id = ? AND number >= ?"));
  return erase.bind(session_id).bind(std::int64_t{first}).run();
}

}  // namespace focus::core::store
