// SPDX-License-Identifier: MIT
#pragma once

#include <optional>

#include <absl/status/status.h>
#include <absl/status/statusor.h>

#include "player/course.h"
#include "player/deck.h"
#include "player/mix_policy.h"
#include "session/session.h"

namespace focus::core::player {

/// What came of an attempt to open a segment.
enum class Opening {
  opened,
  pending,  ///< not ready, lost just now, or the session was steered meanwhile: try again
  never     ///< it will not be made: the music ends before it
};

/// Opens a session's segments as decks, placed where the course has them. Keeps the next one open
/// ahead (cued): a file that is open stays readable, whatever happens to its name.
///
/// Calls the session and reads files; used by the thread that mixes.
class SegmentOpener {
 public:
  /// All must outlive it.
  SegmentOpener(session::Session& session, MixPolicy& policy, const Course& course, int rate)
      : session_(session), policy_(policy), course_(course), rate_(rate) {}

  /// Fills `deck` only where it returns `opened`. Waits where the policy does. An error is one for
  /// the caller of `read`; a live mixdown gets none.
  absl::StatusOr<Opening> open(int index, Deck& deck);
  /// Keeps segment `next` open, as soon as it is ready, and lets go of any other.
  absl::Status cue(std::optional<int> next);
  bool has_cue() const { return cued_.has_value(); }
  /// Lets go of a cued segment that is not the same in the newer plan.
  void drop_changed_cue();
  void drop_cue() { cued_.reset(); }

 private:
  bool is_outdated() const;

  session::Session& session_;
  MixPolicy& policy_;
  const Course& course_;
  const int rate_;
  std::optional<Deck> cued_;
};

}  // namespace focus::core::player
