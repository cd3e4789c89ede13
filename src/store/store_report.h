// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace focus::core::store {

/// What can be wrong with a data folder. The C interface has the same numbers.
enum class FindingKind {
  catalogue_missing = 0,     ///< there is none, or an empty one
  catalogue_damaged = 1,     ///< it can not be read, or not all of it
  row_damaged = 2,           ///< of a session or a track: it holds what can not be
  segment_without_file = 3,  ///< the catalogue has the segment, the folder has not
  segment_damaged = 4,       ///< its file is not what was written
  segment_without_row = 5,   ///< a file of a session that the catalogue does not know of
  session_without_row = 6,   ///< a folder of a session that the catalogue does not know of
  track_without_file = 7,
  track_damaged = 8,
  track_without_row = 9,
  partial_file = 10,  ///< what a killed process was writing
  money_held = 11,    ///< by a process that is gone
  unknown_file = 12   ///< not of this library; never touched
};

struct Finding {
  FindingKind kind = FindingKind::unknown_file;
  std::string session_id;  ///< "" where it is about none
  int segment_index = -1;  ///< likewise -1
  std::string track_id;    ///< likewise ""
  std::string path;        ///< of the file or folder, or where it would be
  std::string message;     ///< what is wrong and, once it is repaired, what was done
  bool is_repaired = false;

  /// False for what the next opening puts in order by itself, or what is nobody's business.
  bool is_problem() const {
    return kind != FindingKind::partial_file && kind != FindingKind::money_held &&
           kind != FindingKind::unknown_file;
  }
};

struct StoreReport {
  int sessions = 0;  ///< that the catalogue knows
  int segments = 0;  ///< ready ones, likewise
  int tracks = 0;
  std::int64_t bytes = 0;  ///< of their audio
  std::vector<Finding> findings;
  std::string backup_folder;  ///< what was there before the repair; "" where nothing was changed

  int problems_left() const {
    int count = 0;
    for (const Finding& finding : findings) count += finding.is_problem() && !finding.is_repaired;
    return count;
  }
};

}  // namespace focus::core::store
