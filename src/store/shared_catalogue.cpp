// SPDX-License-Identifier: MIT
#include "store/shared_catalogue.h"

#include <filesystem>
#include <system_error>
#include <utility>

#include "base/error.h"

namespace focus::core::store {

SharedCatalogue::Reading::Reading(SharedCatalogue& shared) : shared_(shared) {
  assert_no_session_lock();
  shared_.mutex_.lock();
}
SharedCatalogue::Reading::~Reading() { shared_.mutex_.unlock(); }

SharedCatalogue::Writing::Writing(SharedCatalogue& shared) : shared_(shared) {
  assert_no_session_lock();
  shared_.gate_.lock();
  shared_.mutex_.lock();
}
SharedCatalogue::Writing::~Writing() {
  shared_.mutex_.unlock();
  shared_.gate_.unlock();
}

// A Reading or Writing holds the mutex while it lives. The analysis can not see that here.
Catalogue* SharedCatalogue::Reading::operator->() const ABSL_NO_THREAD_SAFETY_ANALYSIS {
  return shared_.catalogue_.get();
}
Catalogue* SharedCatalogue::Writing::operator->() const ABSL_NO_THREAD_SAFETY_ANALYSIS {
  return shared_.catalogue_.get();
}

absl::StatusOr<std::unique_ptr<SharedCatalogue>> SharedCatalogue::open(
    const std::string& path, Catalogue::Durability durability, DiskSync& disk) {
  FOCUS_ASSIGN_OR_RETURN(auto catalogue, Catalogue::open(path, durability));
  std::unique_ptr<SharedCatalogue> shared(new SharedCatalogue(std::move(catalogue)));
  if (durability == Catalogue::Durability::synced) {
    FOCUS_RETURN_IF_ERROR(shared->begin_syncing(path, disk));
  }
  return shared;
}

absl::Status SharedCatalogue::begin_syncing(const std::string& path, DiskSync& disk) {
  auto pages = std::make_shared<LogPages>(0);
  Writing(*this)->database().watch_log(pages);
  FOCUS_ASSIGN_OR_RETURN(checkpoint_, WalCheckpoint::open(path, std::move(pages), gate_));
  FOCUS_ASSIGN_OR_RETURN(log_,
                         WalSync::open(path + "-wal", disk, [this] { return checkpoint_->run(); }));
  return absl::OkStatus();
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

}  // namespace focus::core::store
