// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include <absl/status/status.h>
#include <absl/status/statusor.h>

#include "store/data_folder.h"
#include "store/records.h"

namespace focus::core::store {

/// What the catalogue says of a track, in a small file of its own (`notes/ID.txt`): a track is
/// found again with its title and its owner where the catalogue is lost. One line for each field,
/// "name=value", with control characters and % as %XX.
std::string track_note(const TrackRecord& track);
/// The record that a note was written from. Fault::bad_data where it is none.
absl::StatusOr<TrackRecord> read_track_note(const std::string& note);

/// Writes the note of a track, and waits for the disk where the folder is lasting. Makes the folder
/// of notes where it is missing.
absl::Status write_track_note(const DataFolder& folder, const TrackRecord& track);
/// Reads it from the folder. Fault::file_missing where there is none.
absl::StatusOr<TrackRecord> load_track_note(const DataFolder& folder, const std::string& track_id);

}  // namespace focus::core::store
