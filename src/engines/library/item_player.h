// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <set>
#include <string>

#include <absl/status/status.h>

#include "audio/buffer.h"
#include "engines/library/piece_reader.h"
#include "engines/library/programme.h"

namespace focus::core::engines {

/// Told of each file that could not be played.
using TellFailure = std::function<void(const Track& track, const absl::Status& why)>;

/// Plays one item of a programme at its gain. Where its file can not be read, a stand-in plays from
/// there on. To be used by one thread at a time.
class ItemPlayer {
 public:
  ItemPlayer(const Programme& programme, const ProgrammeItem& item, int rate,
             std::function<bool()> cancelled, TellFailure tell);

  /// Fills `to` with the item from `frame` of the session on. Frames that follow each other are
  /// read without a seek. An error where neither the track nor a stand-in can be read.
  absl::Status read(std::int64_t frame, audio::AudioView to);

 private:
  absl::Status try_read(std::int64_t frame, audio::AudioView to);
  absl::Status open();

  const Programme& programme_;
  const ProgrammeItem& item_;
  const int rate_;
  const std::function<bool()> cancelled_;
  const TellFailure tell_;
  std::size_t tried_ = 0;  ///< 0: the track itself; k: stand-in k - 1
  std::unique_ptr<PieceReader> reader_;
  std::int64_t next_ = -1;   ///< the frame of the session that the reader would read next
  std::int64_t origin_ = 0;  ///< that frame less the reader's own
  float gain_ = 1.0F;
  std::int64_t fade_from_ = -1;  ///< where a stand-in came in on the way
};

}  // namespace focus::core::engines
