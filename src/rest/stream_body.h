// SPDX-License-Identifier: MIT
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "broadcast/broadcast.h"
#include "broadcast/icy.h"
#include "rest/context.h"

namespace focus::core::rest {

/// One listener of a broadcast: its header, and then its pieces from a place on. It ends with the
/// session, and where the client takes less than the music lasts: a minute of it is kept, and the
/// next listener hears on without a gap.
class StreamBody final : public BodyStream {
 public:
  /// Begins at `frame` of the broadcast. `titles`: between the bytes, see IcyTitles.
  StreamBody(std::shared_ptr<RestContext> context, SessionUses::Use use, Places::Place place,
             std::shared_ptr<broadcast::Broadcast> broadcast, std::optional<std::int64_t> frame,
             bool titles);
  ~StreamBody() override;

  absl::StatusOr<std::int64_t> read(char* buffer, std::int64_t capacity,
                                    std::chrono::milliseconds timeout) override;

 private:
  bool refill(std::size_t most_bytes, std::chrono::milliseconds timeout);
  bool begin(broadcast::Broadcast::State state);
  void take(const broadcast::Broadcast::Piece& piece);

  const std::shared_ptr<RestContext> context_;
  const SessionUses::Use use_;
  const Places::Place listener_;  // among those of its owner
  const broadcast::Broadcast::Seat seat_;
  const std::optional<std::int64_t> from_;
  std::optional<broadcast::IcyTitles> titles_;
  std::optional<broadcast::Broadcast::Place> place_;  // what is read next; once it has begun
  int titled_segment_ = -1;
  std::string title_;
  std::string pending_;  // not read by the client yet
  std::size_t read_ = 0;
};

}  // namespace focus::core::rest
