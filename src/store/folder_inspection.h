// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <set>
#include <string>
#include <utility>

#include <absl/status/status.h>
#include <absl/status/statusor.h>

#include "store/catalogue.h"
#include "store/data_folder.h"
#include "store/store_report.h"

namespace focus::core::store {

/// Whether the audio is read as well, or only its size is looked at.
enum class Depth { quick, whole };

/// Compares what a catalogue says with what lies in the data folder. Changes nothing. The caller
/// sees to it that nobody writes to either meanwhile.
class FolderInspection {
 public:
  FolderInspection(const DataFolder& folder, Catalogue& catalogue, Depth depth)
      : folder_(folder), catalogue_(catalogue), depth_(depth) {}

  absl::StatusOr<StoreReport> run();

  /// The record of a track whose file has no row: from its note, or else from the segment that has
  /// the same file, or else from the file. Valid after run().
  TrackRecord found_track(const Finding& finding) const;

 private:
  using Inode = std::pair<std::uint64_t, std::uint64_t>;

  absl::Status look_at_sessions();
  absl::Status look_at_session(const SessionRecord& session);
  void look_at_session_files(const SessionRecord& session, const std::set<std::string>& expected);
  absl::Status look_at_session_folders(const std::set<std::string>& known);
  absl::Status look_at_tracks();
  absl::Status look_at_track_files(const std::set<std::string>& expected);
  absl::Status look_at_money();
  /// "" where the file is as it was written, else what is wrong with it.
  std::string flaw_of(const std::string& path, std::int64_t bytes, std::int64_t frames) const;
  Finding& tell(FindingKind kind, const std::filesystem::path& path, std::string message);

  const DataFolder& folder_;
  Catalogue& catalogue_;
  const Depth depth_;
  StoreReport report_;
  std::set<std::string> leftovers_;
  std::map<Inode, TrackRecord> by_inode_;  // what a track of a segment would be
};

}  // namespace focus::core::store
