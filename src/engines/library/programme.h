// SPDX-License-Identifier: MIT
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include <absl/status/statusor.h>

#include "engines/library/catalogue.h"
#include "engines/library/wish.h"
#include "mastering/crossfade_level.h"

namespace focus::core::engines {

/// A track, or an excerpt of one, at its place in a session. Times are from the session's start.
struct ProgrammeItem {
  std::size_t track = 0;           ///< in the snapshot
  Hundredths start = 0;            ///< the first that is heard of it
  Hundredths end = 0;              ///< where it has ended
  double offset_seconds = 0.0;     ///< where in its file it is at `start`
  Hundredths overlap_in = 0;       ///< for which it is heard together with the one before
  double gain_db = 0.0;            ///< that brings it to kProgrammeLufs
  mastering::BodyEnergies bodies;  ///< of the one before and of itself, at their gains
  mastering::CrossfadeShape shape;
  std::string why;  ///< a sentence
  /// Tracks that are long enough to stand in where its file fails, the best first.
  std::vector<std::size_t> stand_ins;
};

/// The loudness to which tracks are brought. Mastering brings segments to theirs.
inline constexpr double kProgrammeLufs = -20.0;

/// What a session plays from its first second on: a pure function of the snapshot and the wish. It
/// is laid out on the time of the session, so that segments are windows on it, whatever their
/// lengths, and all join inside a track as if there were no join. A longer programme begins with
/// the shorter one of the same wish.
class Programme {
 public:
  using ReadDetail = std::function<absl::StatusOr<TrackDetail>(std::int64_t track_id)>;

  /// Lays out tracks until `seconds` are filled. Fault::engine where there is no track that could
  /// be played.
  static absl::StatusOr<std::shared_ptr<const Programme>> make(
      std::shared_ptr<const LibrarySnapshot> snapshot, const TrackWish& wish, double seconds,
      const ReadDetail& read_detail);

  const LibrarySnapshot& snapshot() const { return *snapshot_; }
  const TrackWish& wish() const { return wish_; }
  const std::vector<ProgrammeItem>& items() const { return items_; }
  const Track& track(const ProgrammeItem& item) const { return snapshot_->tracks[item.track]; }
  Hundredths end() const { return items_.empty() ? 0 : items_.back().end; }
  /// The item that has started last at a time, or null beyond the end.
  const ProgrammeItem* item_at(Hundredths time) const;

 private:
  Programme(std::shared_ptr<const LibrarySnapshot> snapshot, TrackWish wish)
      : snapshot_(std::move(snapshot)), wish_(std::move(wish)) {}

  std::shared_ptr<const LibrarySnapshot> snapshot_;
  TrackWish wish_;
  std::vector<ProgrammeItem> items_;
};

}  // namespace focus::core::engines
