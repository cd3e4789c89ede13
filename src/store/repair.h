// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include <absl/status/statusor.h>

#include "base/clock.h"
#include "base/disk_sync.h"
#include "store/folder_inspection.h"
#include "store/store_report.h"

namespace focus::core::store {

/// Compares the catalogue of a data folder with its files. Changes nothing in the folder. The error
/// names the folder: Fault::file_missing, Fault::argument (there is no store in it), or Fault::io
/// where a service has it open.
absl::StatusOr<StoreReport> check_folder(const std::string& folder, Depth depth);

/// The same, and repairs what it can: a catalogue that is missing or damaged is rebuilt from
/// the rows that can be read, tracks are found again by their files, rows without files go, and
/// files without rows are moved to the backup. Nothing is deleted but what a killed process had
/// half-written. Before the first change the catalogue is copied to a backup folder of its own in
/// the data folder. A repair that is killed can be run again.
absl::StatusOr<StoreReport> repair_folder(const std::string& folder, Depth depth,
                                          const Clock& clock = Clock::system(),
                                          DiskSync& disk = DiskSync::system());

}  // namespace focus::core::store
