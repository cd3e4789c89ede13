// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <optional>

#include <absl/status/statusor.h>

#include "player/course.h"
#include "player/mix_policy.h"
#include "player/segment_opener.h"
#include "player/sounding.h"
#include "player/splicer.h"

namespace focus::core::player {

/// Opens music for a mixdown: what is heard at a position, or the join that leads from what is
/// heard to another segment.
///
/// It depends on the frames that it is given and on the course, and changes neither the mixdown's
/// position nor its state: what it returns is heard only once the mixdown takes it. Calls the
/// session, reads files and allocates; used by the thread that mixes.
class MusicOpener {
 public:
  /// All must outlive it.
  MusicOpener(session::Session& session, MixPolicy& policy, const Course& course, int rate)
      : session_(session),
        course_(course),
        rate_(rate),
        segments_(session, policy, course, rate),
        splicer_(policy, course, rate) {}

  /// The segments as they are opened one by one; for cueing.
  SegmentOpener& segments() { return segments_; }
  const SegmentOpener& segments() const { return segments_; }

  struct Music {
    Sounding sounding;
    bool is_joined = false;  ///< an overlap: two segments were opened, as if played up to here
  };
  /// Opens what the heard plan has at `position`: in an overlap both sides. Where the music
  /// `is_torn` there, a single segment begins with a seam (see Splicer::seam). Fills `music` only
  /// where it returns `opened`.
  absl::StatusOr<Opening> open_at(std::int64_t position, bool is_torn, std::optional<Music>& music);

  /// Prepares the join of `old` with segment `index` at frame `from`. The old music was given up to
  /// frame `given_to` already, `from` or later. A segment of a pending change is joined only where
  /// the change may be taken. Fills `joined` only where it returns `opened`; see Splicer::join.
  absl::StatusOr<Opening> begin_join(const Sounding& old, int index, std::int64_t from,
                                     std::int64_t given_to, std::optional<Sounding>& joined);

  /// `joined` is heard from now on. Its polarity is used where its segment is opened again.
  void keep_polarity(const Sounding& joined) {
    polarities_.set(joined.newest().index, joined.newest().polarity);
  }
  /// The position was moved: what was heard there before no longer matters.
  void forget() {
    segments_.drop_cue();
    polarities_.clear();
  }
  /// `sounding` could not be read on, because of `why`. OK where the mixdown goes on without it.
  absl::Status lose(const Sounding& sounding, const absl::Status& why) const {
    return splicer_.lose(sounding, why);
  }

 private:
  absl::StatusOr<Opening> open_overlap(int index, std::optional<Music>& music);

  session::Session& session_;
  const Course& course_;
  const int rate_;
  SegmentOpener segments_;
  const Splicer splicer_;
  Polarities polarities_;
};

}  // namespace focus::core::player
