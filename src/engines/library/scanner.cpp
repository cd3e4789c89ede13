// SPDX-License-Identifier: MIT
#include "engines/library/scanner.h"

#include <algorithm>
#include <utility>

#include "base/cancel.h"
#include "base/error.h"
#include "base/guarded.h"
#include "base/thread.h"
#include "engines/library/analyse_file.h"
#include "engines/library/detail_bytes.h"
#include "engines/library/track_tags.h"

namespace focus::core::engines {
namespace {

constexpr std::size_t kMostUnpublished = 64;
constexpr double kPublishSeconds = 5.0;

int workers_for(int asked) {
  if (asked > 0) return asked;
  return std::clamp(static_cast<int>(std::thread::hardware_concurrency()) / 2, 1, 4);
}

}  // namespace

LibraryScanner::LibraryScanner(std::string root, LibraryCatalogue& catalogue, int worker_count,
                               std::function<void()> published)
    : root_(std::move(root)),
      catalogue_(catalogue),
      worker_count_(workers_for(worker_count)),
      published_(std::move(published)) {}

LibraryScanner::~LibraryScanner() {
  cancelled_ = true;
  const MutexLock lock(begin_mutex_);
  if (thread_.joinable()) thread_.join();
}

absl::Status LibraryScanner::begin() {
  const MutexLock begin(begin_mutex_);
  {
    const MutexLock lock(mutex_);
    if (progress_.is_scanning) return absl::OkStatus();
    progress_ = {};
    progress_.is_scanning = true;
    failed_ = absl::OkStatus();
  }
  if (thread_.joinable()) thread_.join();
  absl::Status begun;
  try {
    thread_ = start_thread([this] { end(caught("scanning a folder", [this] { return scan(); })); });
  } catch (...) {
    begun = error_of_exception("starting to scan a folder");
    end(begun);
  }
  return begun;
}

void LibraryScanner::end(const absl::Status& status) {
  const MutexLock lock(mutex_);
  progress_.is_scanning = false;
  to_do_.clear();
  if (!status.ok() && !focus::core::is_cancelled(status)) {
    progress_.trouble = std::string(message_of(status));
  }
  changed_.notify_all();
}

absl::Status LibraryScanner::scan() {
  FOCUS_ASSIGN_OR_RETURN(const FolderContent content,
                         walk_folder(root_, [this] { return is_cancelled(); }));
  FOCUS_RETURN_IF_ERROR(compare(content));
  std::vector<std::thread> helpers;
  helpers.reserve(static_cast<std::size_t>(worker_count_));
  for (int k = 1; k < worker_count_; ++k) {
    try {
      helpers.push_back(start_thread([this] { analyse_next_files(); }));
    } catch (const std::exception&) {  // fewer will do
      break;
    }
  }
  analyse_next_files();
  for (std::thread& helper : helpers) helper.join();
  FOCUS_RETURN_IF_ERROR(publish_if_due(true));
  {
    const MutexLock lock(mutex_);
    FOCUS_RETURN_IF_ERROR(failed_);
  }
  if (is_cancelled()) return cancelled_error();
  return catalogue_.tidy();
}

/// What is known is not read again, what is not there any more is given up, and the rest is to do.
absl::Status LibraryScanner::compare(const FolderContent& content) {
  FOCUS_ASSIGN_OR_RETURN(auto known, catalogue_.known());
  std::vector<FoundFile> fresh;
  std::int64_t tracks = 0, unplayable = 0;
  for (const FoundFile& file : content.files) {
    const auto row = known.find(file.path);
    if (row == known.end() || row->second.bytes != file.bytes ||
        row->second.changed != file.changed) {
      fresh.push_back(file);
    } else {
      ++(row->second.reason.empty() ? tracks : unplayable);
    }
    if (row != known.end()) known.erase(row);
  }
  LibraryCatalogue::Change change;
  for (const auto& [path, file] : known) change.gone.push_back(path);
  std::reverse(fresh.begin(), fresh.end());
  {
    const MutexLock lock(mutex_);
    progress_.found = static_cast<std::int64_t>(content.files.size());
    progress_.tracks = tracks;
    progress_.skipped = unplayable + static_cast<std::int64_t>(content.skipped.size());
    progress_.done = tracks + unplayable;
    skipped_ = content.skipped;
    to_do_ = std::move(fresh);
    published_at_ = Clock::system().steady_seconds();
  }
  return publish(std::move(change));
}

void LibraryScanner::analyse_next_files() {
  while (!is_cancelled()) {
    FoundFile file;
    {
      const MutexLock lock(mutex_);
      if (to_do_.empty() || !failed_.ok()) return;
      file = std::move(to_do_.back());
      to_do_.pop_back();
    }
    const absl::Status status = caught("analysing a file", [&]() -> absl::Status {
      bool is_known = true;
      LibraryCatalogue::Change::New found = look_into(file, is_known);
      {
        const MutexLock lock(mutex_);
        ++progress_.done;
        ++(found.reason.empty() ? progress_.tracks : progress_.skipped);
        progress_.analysed_seconds += found.track.figures.seconds();
        if (is_known) {
          fresh_.found.push_back(std::move(found));
        } else {
          skipped_.push_back({found.track.path, found.reason});
        }
      }
      return publish_if_due(false);
    });
    if (status.ok() || is_cancelled()) continue;
    const MutexLock lock(mutex_);
    if (failed_.ok()) failed_ = status;
  }
}

/// `is_known` becomes false where nothing was learnt that is true for longer than now.
LibraryCatalogue::Change::New LibraryScanner::look_into(const FoundFile& file, bool& is_known) {
  LibraryCatalogue::Change::New found;
  found.track.path = file.path;
  found.track.bytes = file.bytes;
  found.track.changed = file.changed;
  const auto analysed = analyse_file(file.path, [this] { return is_cancelled(); });
  if (!analysed.ok()) {
    found.reason = reason_of(analysed.status(), file.path);
    is_known = has_fault(analysed.status(), Fault::bad_data) ||
               has_fault(analysed.status(), Fault::unsupported);
    return found;
  }
  // What was written to meanwhile will be analysed again: its time does not fit.
  found.track.figures = analysed->figures;
  found.track.tags = read_tags(file.path);
  found.detail = bytes_of(analysed->detail);
  return found;
}

absl::Status LibraryScanner::publish(LibraryCatalogue::Change change) {
  if (change.empty()) return absl::OkStatus();
  FOCUS_RETURN_IF_ERROR(catalogue_.apply(change));
  published_();
  return absl::OkStatus();
}

absl::Status LibraryScanner::publish_if_due(bool is_end) {
  LibraryCatalogue::Change change;
  {
    const MutexLock lock(mutex_);
    const double now = Clock::system().steady_seconds();
    const bool is_due =
        is_end || fresh_.found.size() >= kMostUnpublished || now - published_at_ > kPublishSeconds;
    if (!is_due) return absl::OkStatus();
    std::swap(change, fresh_);
    published_at_ = now;
  }
  return publish(std::move(change));
}

LibraryProgress LibraryScanner::progress() const {
  const MutexLock lock(mutex_);
  return progress_;
}

absl::Status LibraryScanner::wait(std::chrono::milliseconds timeout) const {
  const auto deadline = std::chrono::steady_clock::now() + timeout;
  const MutexLock lock(mutex_);
  while (progress_.is_scanning) {
    if (!changed_.wait_until(mutex_, deadline) && progress_.is_scanning) {
      return fault_error(Fault::not_ready, "the folder is still being scanned");
    }
  }
  return absl::OkStatus();
}

std::vector<SkippedFile> LibraryScanner::skipped() const {
  const MutexLock lock(mutex_);
  return skipped_;
}

}  // namespace focus::core::engines
