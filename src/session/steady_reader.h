// SPDX-License-Identifier: MIT
#pragma once

#include <memory>
#include <utility>

#include <absl/status/statusor.h>

#include "session/session.h"

namespace focus::core::session {

/// Reads a segment of a store, and tries again where it can not be opened or read: a disk or a
/// network may fail once, and a segment that is given up for that would be made again. It opens the
/// segment again only while the session still has the same one.
class SteadyReader final : public store::SegmentReader {
 public:
  /// `record` is that of the ready segment.
  static absl::StatusOr<std::unique_ptr<store::SegmentReader>> open(
      const Session& session, std::shared_ptr<const store::SegmentRecord> record);

  std::int64_t frames() const override { return reader_->frames(); }
  absl::StatusOr<std::int64_t> read(std::int64_t first_frame, audio::AudioView out) override;

 private:
  using Reader = std::unique_ptr<store::SegmentReader>;

  SteadyReader(std::weak_ptr<const Session> session,
               std::shared_ptr<const store::SegmentRecord> record, Reader reader)
      : session_(std::move(session)), record_(std::move(record)), reader_(std::move(reader)) {}
  bool open_again();

  const std::weak_ptr<const Session> session_;
  const std::shared_ptr<const store::SegmentRecord> record_;
  Reader reader_;
};

}  // namespace focus::core::session
