// SPDX-License-Identifier: MIT
#include "store/shared_catalogue.h"

#include <filesystem>
#include <system_error>
#include <utility>

#include "base/error.h"

namespace focus::core {

SharedCatalogue::Reading::Reading(SharedCatalogue& shared)
    : guard_(shared.mutex_), catalogue_(*shared.catalogue_) {}

SharedCatalogue::Writing::Writing(SharedCatalogue& shared)
    : gate_(shared.gate_), guard_(shared.mutex_), catalogue_(*shared.catalogue_) {}

absl::StatusOr<std::unique_ptr<SharedCatalogue>> SharedCatalogue::open(
    const std::string& path, Catalogue::Durability durability, DiskSync& disk) {
  FOCUS_ASSIGN_OR_RETURN(auto catalogue, Catalogue::open(path, durability));
  std::unique_ptr<SharedCatalogue> shared(new SharedCatalogue(std::move(catalogue)));
  if (durability == Catalogue::Durability::unsynced) return shared;
  FOCUS_ASSIGN_OR_RETURN(shared->checkpoint_,
                         WalCheckpoint::open(path, shared->catalogue_->database(), shared->gate_));
  FOCUS_ASSIGN_OR_RETURN(shared->log_, WalSync::open(path + "-wal", disk, [raw = shared.get()] {
                           return raw->checkpoint_->run();
                         }));
  return shared;
}

absl::Status SharedCatalogue::sync() {
  if (!log_) return absl::OkStatus();
  FOCUS_RETURN_IF_ERROR(log_->wait());
  checkpoint_->run_if_grown();
  return absl::OkStatus();
}

void SharedCatalogue::remove_leftover(const DataFolder& folder, const std::string& file) {
  std::error_code failed;
  std::filesystem::remove_all(folder.path_in(file), failed);
  if (!failed) Writing(*this)->leftovers().forget(file).IgnoreError();
}

void SharedCatalogue::trim() {
  if (checkpoint_) checkpoint_->run_if_grown(WalCheckpoint::kAtMost);
}

}  // namespace focus::core
