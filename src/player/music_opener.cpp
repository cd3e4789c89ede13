// SPDX-License-Identifier: MIT
#include "player/music_opener.h"

#include <utility>

#include "base/error.h"

namespace focus::core::player {

absl::StatusOr<Opening> MusicOpener::open_at(std::int64_t position, bool is_torn,
                                             std::optional<Music>& music) {
  const plan::Plan& plan = course_.heard();
  const int index = plan.segment_at(position, rate_);
  if (index > 0 && position < plan.end_frame(index - 1, rate_)) {
    FOCUS_ASSIGN_OR_RETURN(const Opening opening, open_overlap(index, music));
    if (opening == Opening::opened) return opening;
    // Where the older side can not be had, the newer one alone will do.
  }
  Deck deck;
  FOCUS_ASSIGN_OR_RETURN(const Opening opening, segments_.open(index, deck));
  if (opening != Opening::opened) return opening;
  deck.polarity = polarities_.of(index);
  if (!is_torn) {
    music = Music{Sounding(std::move(deck)), false};
    return opening;
  }
  FOCUS_ASSIGN_OR_RETURN(auto sounding, splicer_.seam(std::move(deck), position));
  if (!sounding) return Opening::pending;
  music = Music{*std::move(sounding), false};
  return opening;
}

/// Opens the join of segment `index` with the one before, from the beginning of the overlap on.
absl::StatusOr<Opening> MusicOpener::open_overlap(int index, std::optional<Music>& music) {
  Deck old;
  FOCUS_ASSIGN_OR_RETURN(const Opening opening, segments_.open(index - 1, old));
  if (opening != Opening::opened) return opening;
  old.polarity = polarities_.of(old.index);
  const std::int64_t start = course_.heard().start_frame(index, rate_);
  std::optional<Sounding> joined;
  FOCUS_ASSIGN_OR_RETURN(const Opening joining,
                         begin_join(Sounding(std::move(old)), index, start, start, joined));
  if (joined) music = Music{*std::move(joined), true};
  return joining;
}

absl::StatusOr<Opening> MusicOpener::begin_join(const Sounding& old, int index, std::int64_t from,
                                                std::int64_t given_to,
                                                std::optional<Sounding>& joined) {
  if (course_.is_changed(index) && !course_.may_take_change()) {
    const bool never = session_.readiness(index) == session::Readiness::never;
    return never ? Opening::never : Opening::pending;
  }
  Deck next;
  FOCUS_ASSIGN_OR_RETURN(const Opening opening, segments_.open(index, next));
  if (opening != Opening::opened) return opening;
  const std::int64_t planned =
      index > 0 ? course_.plan_of(index).overlap_out_frames(index - 1, rate_) : 0;
  FOCUS_ASSIGN_OR_RETURN(joined, splicer_.join(old, std::move(next), {from, given_to, planned}));
  return joined ? Opening::opened : Opening::pending;
}

}  // namespace focus::core::player
