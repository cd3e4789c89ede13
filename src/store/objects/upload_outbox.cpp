// SPDX-License-Identifier: MIT
#include "store/objects/upload_outbox.h"

#include <algorithm>
#include <filesystem>
#include <system_error>
#include <unistd.h>
#include <utility>

#include <absl/cleanup/cleanup.h>
#include <absl/strings/str_cat.h>

#include "base/error.h"
#include "base/private_file.h"
#include "base/random.h"
#include "store/objects/percent_encoding.h"

namespace focus::core::store {
namespace {

namespace fs = std::filesystem;

constexpr double kLongestSlice = 1.0;  // seconds between two looks at the cancel token

absl::Status no_room(std::int64_t bytes) {
  return fault_error(
      Fault::unavailable,
      absl::StrCat("the storage of audio is away, and ", bytes / 1'000'000,
                   " MB of finished audio wait for it already; more is made when it is back"));
}

}  // namespace

absl::StatusOr<std::unique_ptr<UploadOutbox>> UploadOutbox::open(UploadOutboxOptions options,
                                                                 ObjectShelf& shelf,
                                                                 Entropy& entropy, Pause& pause) {
  std::error_code error;
  fs::create_directories(options.folder, error);
  if (error) return file_error(options.folder, "cannot be made", error.value());
  make_private(options.folder);
  std::error_code failed;
  for (fs::directory_iterator at(options.folder, failed), end; !failed && at != end;
       at.increment(failed)) {
    if (at->is_regular_file(error)) fs::remove(at->path(), error);
  }
  if (failed) return file_error(options.folder, "cannot be read", failed.value());
  return std::unique_ptr<UploadOutbox>(new UploadOutbox(std::move(options), shelf, entropy, pause));
}

UploadOutbox::UploadOutbox(UploadOutboxOptions options, ObjectShelf& shelf, Entropy& entropy,
                           Pause& pause)
    : options_(std::move(options)), shelf_(shelf), entropy_(entropy), pause_(pause) {}

std::string UploadOutbox::path_of(const std::string& name) const {
  return absl::StrCat(options_.folder, "/", percent_encode(name, Slash::encoded));
}

absl::Status UploadOutbox::check_room() const {
  const Figures now = figures();
  return now.bytes < options_.bytes ? absl::OkStatus() : no_room(now.bytes);
}

UploadOutbox::Figures UploadOutbox::figures() const {
  const MutexLock lock(mutex_);
  return waiting_;
}

absl::Status UploadOutbox::admit(std::int64_t bytes) {
  const MutexLock lock(mutex_);
  if (waiting_.bytes + bytes > options_.bytes) return no_room(waiting_.bytes);
  waiting_.bytes += bytes;
  ++waiting_.files;
  return absl::OkStatus();
}

void UploadOutbox::release(std::int64_t bytes) {
  const MutexLock lock(mutex_);
  waiting_.bytes -= bytes;
  --waiting_.files;
}

absl::Status UploadOutbox::send(const std::string& name, audio::AudioFormat format,
                                const std::function<absl::Status()>& extend_claim,
                                const CancelToken& cancel) {
  const std::string path = path_of(name);
  const absl::Cleanup removes = [&] { ::unlink(path.c_str()); };
  absl::Status sent = shelf_.put(name, path, format);
  if (!has_fault(sent, Fault::unavailable)) return sent;

  std::error_code error;
  const auto bytes = static_cast<std::int64_t>(fs::file_size(path, error));
  if (error) return file_error(path, "cannot be read", error.value());
  FOCUS_RETURN_IF_ERROR(admit(bytes));
  const absl::Cleanup releases = [&] { release(bytes); };
  for (int attempt = 1; has_fault(sent, Fault::unavailable); ++attempt) {
    const double chance = Random(entropy_.bits()).uniform();
    FOCUS_RETURN_IF_ERROR(wait(wait_after(options_.retry, attempt, chance), extend_claim, cancel));
    sent = shelf_.put(name, path, format);
  }
  return sent;
}

/// Waits in slices. The claim is extended at the beginning, in between, and at the end.
absl::Status UploadOutbox::wait(double seconds, const std::function<absl::Status()>& extend_claim,
                                const CancelToken& cancel) {
  FOCUS_RETURN_IF_ERROR(extend_claim());
  double since_extended = 0;
  for (double left = seconds; left > 0;) {
    const double slice = std::min(left, kLongestSlice);
    if (cancel.cancelled() || !pause_.wait(slice)) return cancelled_error();
    left -= slice;
    since_extended += slice;
    if (since_extended >= options_.claim_seconds || left <= 0) {
      FOCUS_RETURN_IF_ERROR(extend_claim());
      since_extended = 0;
    }
  }
  return absl::OkStatus();
}

}  // namespace focus::core::store
