// SPDX-License-Identifier: MIT
#include "session/steady_reader.h"

#include "base/error.h"
#include "base/guarded.h"

namespace focus::core::session {
namespace {

/// How often a segment is opened or read before it counts as lost.
constexpr int kReadTries = 3;

}  // namespace

absl::StatusOr<std::unique_ptr<store::SegmentReader>> SteadyReader::open(
    const Session& session, std::shared_ptr<const store::SegmentRecord> record) {
  for (int tries = 1;; ++tries) {
    auto reader = caught("opening a segment", [&] { return session.open_once(*record); });
    if (reader.ok()) {
      return Reader(
          new SteadyReader(session.state_.session, std::move(record), *std::move(reader)));
    }
    if (tries == kReadTries || is_not_found(reader.status())) return reader.status();
  }
}

absl::StatusOr<std::int64_t> SteadyReader::read(std::int64_t first_frame, audio::AudioView out) {
  auto count = reader_->read(first_frame, out);
  for (int tries = 1; !count.ok() && tries < kReadTries && open_again(); ++tries) {
    count = reader_->read(first_frame, out);
  }
  return count;
}

/// Returns whether there is another reader of the same audio now.
bool SteadyReader::open_again() {
  const std::shared_ptr<const Session> session = session_.lock();
  if (!session) return false;
  const auto now = session->ready_segment(record_->index);
  if (!now.ok() || now->record != record_) return false;
  auto reader = session->open_once(*record_);
  if (!reader.ok() || (*reader)->frames() != reader_->frames()) return false;
  reader_ = *std::move(reader);
  return true;
}

}  // namespace focus::core::session
