// SPDX-License-Identifier: MIT
#include "player/splicer.h"

#include <algorithm>
#include <utility>

#include "base/error.h"

namespace focus::core::player {
namespace {

constexpr double kCeilingDbtp = -1.0;
constexpr double kShortestJoinSeconds = 0.02;
constexpr double kSeamSeconds = 0.03;

}  // namespace

absl::Status Splicer::lose(const Sounding& sounding, const absl::Status& why) const {
  const int index = sounding.newest().index;
  return policy_.lose(index, why, course_.is_changed(index));
}

/// False where the segment was lost and the mixdown goes on without it.
absl::StatusOr<bool> Splicer::read_head(Join& join, std::int64_t frames) const {
  join.new_head = audio::AudioBuffer(audio::kChannels, frames, rate_);
  const absl::Status read = join.next.read(join.start, join.new_head.view());
  if (read.ok()) return true;
  // `next` belongs to the newest plan, so that it is never one that was replaced.
  FOCUS_RETURN_IF_ERROR(policy_.lose(join.next.index, read, false));
  return false;
}

/// Returns how much of `tail` there is; less than all of it where the old music ends or breaks off.
absl::StatusOr<std::int64_t> Splicer::read_tail(const Sounding& old, const Place& place,
                                                audio::AudioView tail) const {
  std::int64_t done = std::min(place.given_to - place.from, tail.frames());
  if (done > 0 && !policy_.recall(place.given_to - place.from, tail.subview(0, done))) return 0;
  while (done < tail.frames()) {
    const auto count = old.read(place.from + done, tail.subview(done, tail.frames() - done));
    if (!count.ok()) {
      FOCUS_RETURN_IF_ERROR(lose(old, count.status()));
      break;
    }
    if (*count == 0) break;
    done += *count;
  }
  return done;
}

absl::StatusOr<std::optional<Sounding>> Splicer::join(const Sounding& old, Deck next,
                                                      const Place& place) const {
  Join join;
  join.next = std::move(next);
  join.start = place.from;
  const std::int64_t wanted =
      std::clamp<std::int64_t>(join.next.end() - place.from, 0, place.longest);
  // The new side first: where it can not be read, the old music simply goes on.
  FOCUS_ASSIGN_OR_RETURN(const bool has_head, read_head(join, wanted));
  if (!has_head) return std::optional<Sounding>();

  join.old_tail = audio::AudioBuffer(audio::kChannels, wanted, rate_);
  FOCUS_ASSIGN_OR_RETURN(const std::int64_t overlap, read_tail(old, place, join.old_tail.view()));
  if (overlap < static_cast<std::int64_t>(kShortestJoinSeconds * rate_)) {
    return Sounding(std::move(join.next));
  }
  join.old_tail.truncate(overlap);
  join.new_head.truncate(overlap);
  join.transition =
      mastering::find_transition(join.old_tail.view(), join.new_head.view(), rate_, kCeilingDbtp);
  // The head is inverted by the transition's gains; what follows the overlap, by the deck.
  join.next.polarity = join.transition.invert_new ? -1.0f : 1.0f;
  return Sounding(std::move(join));
}

absl::StatusOr<std::optional<Sounding>> Splicer::seam(Deck next, std::int64_t position) const {
  const auto longest = static_cast<std::int64_t>(kSeamSeconds * rate_);
  const std::int64_t frames = std::clamp<std::int64_t>(next.end() - position, 0, longest);
  Join join;
  join.old_tail = audio::AudioBuffer(audio::kChannels, frames, rate_);
  if (frames == 0 || !policy_.recall(frames, join.old_tail.view())) {
    return Sounding(std::move(next));
  }
  for (int c = 0; c < audio::kChannels; ++c) {
    std::reverse(join.old_tail.samples(c).begin(), join.old_tail.samples(c).end());
  }
  join.next = std::move(next);
  join.start = position;
  FOCUS_ASSIGN_OR_RETURN(const bool has_head, read_head(join, frames));
  if (!has_head) return std::optional<Sounding>();
  join.transition.curve = mastering::CrossfadeCurve::equal_power;
  join.transition.frames = frames;
  return Sounding(std::move(join));
}

}  // namespace focus::core::player
