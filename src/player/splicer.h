// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <optional>

#include <absl/status/status.h>
#include <absl/status/statusor.h>

#include "player/course.h"
#include "player/mix_policy.h"
#include "player/sounding.h"

namespace focus::core::player {

/// Makes the joins of a mixdown: reads both sides of an overlap into memory and finds the
/// transition between them.
///
/// It moves nothing: the old music is read ahead, not played, and what comes back is a new
/// Sounding, which the caller plays or drops. Reads files and allocates; used by the thread that
/// mixes, one block or more before an audio thread needs the result.
class Splicer {
 public:
  /// Both must outlive it.
  Splicer(MixPolicy& policy, const Course& course, int rate)
      : policy_(policy), course_(course), rate_(rate) {}

  /// Where a join lies in the session.
  struct Place {
    std::int64_t from = 0;      ///< the first frame of the overlap
    std::int64_t given_to = 0;  ///< up to where the old music was given already; `from` or later
    std::int64_t longest = 0;   ///< frames that the overlap may have
  };
  /// The music from `place.from` on, where `old` crosses over to `next`. The old side is what was
  /// given between `from` and `given_to`, as it was given, and then `old` read on.
  ///
  /// The overlap is as long as both sides last, at most `longest`; it consumes as many frames of
  /// each (Join::transition.frames). Where that is less than 20 ms the result is the body of
  /// `next`, without a join. nullopt where `next` can not be read and is to be tried again.
  absl::StatusOr<std::optional<Sounding>> join(const Sounding& old, Deck next,
                                               const Place& place) const;

  /// The music from `position` on, where it broke off there and `next` continues it, which may be
  /// another recording: the last 30 ms that were given, played backwards (so that the first sample
  /// is the last one that was heard), fade out over the beginning of `next`. Where nothing was
  /// given, the body of `next`. nullopt where `next` can not be read and is to be tried again.
  absl::StatusOr<std::optional<Sounding>> seam(Deck next, std::int64_t position) const;

  /// `sounding` could not be read on, because of `why`. OK where the mixdown goes on without it.
  absl::Status lose(const Sounding& sounding, const absl::Status& why) const;

 private:
  absl::StatusOr<bool> read_head(Join& join, std::int64_t frames) const;
  absl::StatusOr<std::int64_t> read_tail(const Sounding& old, const Place& place,
                                         audio::AudioView tail) const;

  MixPolicy& policy_;
  const Course& course_;
  const int rate_;
};

}  // namespace focus::core::player
