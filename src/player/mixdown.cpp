// SPDX-License-Identifier: MIT
#include "player/mixdown.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <utility>

#include "base/error.h"

namespace focus::core::player {
namespace {

constexpr double kCeilingDbtp = -1.0;
/// A join that comes late needs at least this much of the old segment; else there is none.
constexpr double kShortestJoinSeconds = 0.02;
/// Over which music that broke off goes over into what was made in its place.
constexpr double kSeamSeconds = 0.03;

/// Down to nothing at frame `to`, by a raised cosine that began at frame `from`. `out` lies at
/// frame `first`.
void fade_out(audio::AudioView out, std::int64_t first, std::int64_t from, std::int64_t to) {
  const auto length = static_cast<double>(std::max<std::int64_t>(to - from, 1));
  for (std::int64_t i = 0; i < out.frames(); ++i) {
    const double left = static_cast<double>(to - first - i) / length;
    const auto gain = static_cast<float>(0.5 * (1.0 - std::cos(std::numbers::pi * left)));
    for (int c = 0; c < out.channel_count(); ++c) out.channel(c)[i] *= gain;
  }
}

}  // namespace

Mixdown::Mixdown(session::SessionUse session, session::Listeners::Kind kind)
    : session_(std::move(session)),
      kind_(kind),
      rate_(session_->started_with().sample_rate),
      listener_(session_->audience().add(kind)),
      course_(session_->plan(), rate_),
      recent_(audio::kChannels, static_cast<std::int64_t>(kRememberedSeconds * rate_), rate_) {}

Mixdown::~Mixdown() { session_->audience().remove(listener_); }

void Mixdown::notice_change() {
  if (session_->change_count() == plan().change_count()) return;
  course_.steer(session_->plan());
  if (cued_ && course_.is_changed(cued_->index)) cued_.reset();
  early_end_from_.reset();
  takes_change_ = kind_ == session::Listeners::Kind::offline;
  if (!deck_) course_.take_change();
}

std::optional<Course::Boundary> Mixdown::next_boundary() const {
  return course_.boundary_after(newest_index(), position_);
}

absl::StatusOr<Mixdown::Opening> Mixdown::open(int index, Deck& deck) {
  if (cued_ && cued_->index == index) {
    deck = *std::exchange(cued_, std::nullopt);
    return Opening::opened;
  }
  session::Readiness readiness = session_->readiness(index);
  if (readiness == session::Readiness::pending && kind_ == session::Listeners::Kind::offline) {
    report(position_);
    readiness = session_->wait_ready(index).ok() ? session::Readiness::ready : session_->readiness(index);
  }
  if (readiness == session::Readiness::pending) return Opening::pending;
  if (session_->change_count() != plan().change_count()) return Opening::pending;
  if (readiness == session::Readiness::never) {
    const absl::Status why = session_->wait_ready(index);
    if (kind_ == session::Listeners::Kind::offline && !is_cancelled(why)) return why;
    return Opening::never;
  }
  auto reader = session_->open_segment(index);
  if (session_->change_count() != plan().change_count()) return Opening::pending;
  if (!reader.ok() && kind_ == session::Listeners::Kind::live) {
    session_->lose_segment(index, reader.status());
    return Opening::pending;
  }
  FOCUS_RETURN_IF_ERROR(reader.status());
  deck = {index, course_.plan_of(index).start_frame(index, rate_), *std::move(reader), 1.0f};
  return Opening::opened;
}

/// Under the plan that is played.
absl::StatusOr<Mixdown::Opening> Mixdown::open_at_position() {
  if (course_.is_changed(course_.heard().segment_at(position_, rate_))) course_.take_change();
  const plan::Plan& plan = course_.heard();
  const int index = plan.segment_at(position_, rate_);
  join_.reset();
  // In an overlap both sides are heard, as if it had been played up to here.
  if (index > 0 && position_ < plan.end_frame(index - 1, rate_)) {
    Deck old;
    FOCUS_ASSIGN_OR_RETURN(const Opening opening, open(index - 1, old));
    if (opening == Opening::opened) {
      const std::int64_t wanted = std::exchange(position_, plan.start_frame(index, rate_));
      old.polarity = polarities_.of(old.index);
      deck_ = std::move(old);
      FOCUS_ASSIGN_OR_RETURN(const Opening joined, begin_join(index, position_));
      position_ = wanted;
      if (joined == Opening::opened) return Opening::opened;
    }
  }
  Deck deck;
  FOCUS_ASSIGN_OR_RETURN(const Opening opening, open(index, deck));
  deck_.reset();
  if (opening != Opening::opened) return opening;
  deck.polarity = polarities_.of(index);
  deck_ = std::move(deck);
  return opening;
}

void Mixdown::seek(std::int64_t frame) {
  course_.reset(session_->plan());
  deck_.reset();
  join_.reset();
  cued_.reset();
  early_end_from_.reset();
  polarities_.clear();
  torn_ = false;
  position_ = std::clamp<std::int64_t>(frame, 0, course_.end() - 1);
}

std::optional<std::int64_t> Mixdown::change_ready(std::int64_t earliest) {
  notice_change();
  if (!deck_ || !course_.is_changed(newest_index() + 1)) return std::nullopt;
  const std::int64_t from = std::max(earliest, course_.change_frame());
  const int index = course_.changed_segment_at(from);
  if (session_->readiness(index) != session::Readiness::ready) return std::nullopt;
  takes_change_ = true;
  return from;
}

absl::StatusOr<bool> Mixdown::change_from(std::int64_t frame) {
  const std::int64_t given = position_;
  try {
    FOCUS_ASSIGN_OR_RETURN(const Opening opening,
                           begin_join(course_.changed_segment_at(frame), frame));
    return opening == Opening::opened;
  } catch (...) {
    begin_again(given);
    throw;
  }
}

/// The work was broken off half way (memory ran out): all is opened anew, and what a live one has
/// given up to `frame` fades into it.
void Mixdown::begin_again(std::int64_t frame) {
  deck_.reset();
  join_.reset();
  cued_.reset();
  position_ = frame;
  torn_ = begun_ && kind_ == session::Listeners::Kind::live;
}

std::int64_t Mixdown::deck_end() const {
  const std::int64_t end = (join_ ? join_->next : *deck_).end();
  // The session may have become shorter than what is heard.
  return course_.is_steered() ? std::min(end, course_.end()) : end;
}

/// In an overlap, the older one.
int Mixdown::oldest_heard(const plan::Plan& plan, std::int64_t frame) const {
  const int newest = plan.segment_at(frame, rate_);
  return newest > 0 && frame < plan.end_frame(newest - 1, rate_) ? newest - 1 : newest;
}

void Mixdown::report(std::int64_t frame) {
  session::Hearing hearing;
  hearing.frame = frame;
  hearing.begun = begun_;
  hearing.segment = oldest_heard(course_.heard(), frame);
  hearing.at_end = frame >= course_.end();
  if (!deck_ || !deck_->reader) {
    hearing.missing = course_.heard().segment_at(position_, rate_);
  } else if (const auto next = next_boundary(); next && !cued_) {
    // A change may come late, as long as there is something to change from.
    const bool change = course_.is_changed(next->index);
    hearing.missing = next->index;
    hearing.late = position_ >= next->frame;
    hearing.lasts_seconds =
        static_cast<double>((change ? deck_end() : next->frame) - position_) / rate_;
  }
  if (hearing.missing >= 0 && session_->readiness(hearing.missing) == session::Readiness::ready) {
    hearing.missing = -1;
  }
  session_->audience().move(listener_, hearing);
}

void Mixdown::announce(std::int64_t frame) {
  session_->audience().send(listener_, oldest_heard(*session_->plan(), frame), frame);
}

/// Opens the next segment as soon as it is there: a file that is open stays readable.
absl::Status Mixdown::cue_next() {
  const auto next = next_boundary();
  if (cued_ && (!next || cued_->index != next->index)) cued_.reset();
  if (cued_ || !next || session_->readiness(next->index) != session::Readiness::ready) {
    return absl::OkStatus();
  }
  Deck deck;
  FOCUS_ASSIGN_OR_RETURN(const Opening opening, open(next->index, deck));
  if (opening == Opening::opened) cued_ = std::move(deck);
  return absl::OkStatus();
}

/// False where a live one has lost the segment that was to come.
absl::StatusOr<bool> Mixdown::read_head(Join& join, std::int64_t frames) {
  join.new_head = audio::AudioBuffer(audio::kChannels, frames, rate_);
  const absl::Status read = join.next.read(join.start, join.new_head.view());
  if (read.ok()) return true;
  if (kind_ == session::Listeners::Kind::offline) return read;
  session_->lose_segment(join.next.index, read);
  return false;
}

/// `from` is the position, or lies so far before it that what was given since is remembered.
absl::StatusOr<Mixdown::Opening> Mixdown::begin_join(int index, std::int64_t from) {
  const bool changes = course_.is_changed(index);
  if (changes && !takes_change_) {
    const bool never = session_->readiness(index) == session::Readiness::never;
    return never ? Opening::never : Opening::pending;
  }
  Join join;
  FOCUS_ASSIGN_OR_RETURN(const Opening opening, open(index, join.next));
  if (opening != Opening::opened) return opening;

  join.start = from;
  const std::int64_t planned =
      index > 0 ? course_.plan_of(index).overlap_out_frames(index - 1, rate_) : 0;
  const std::int64_t wanted = std::clamp<std::int64_t>(join.next.end() - from, 0, planned);
  FOCUS_ASSIGN_OR_RETURN(const bool whole, read_head(join, wanted));
  if (!whole) return Opening::pending;

  join.old_tail = audio::AudioBuffer(audio::kChannels, wanted, rate_);
  std::int64_t overlap = std::min(position_ - from, wanted);
  recent_.copy(position_ - from, join.old_tail.view().subview(0, overlap));
  while (overlap < wanted) {
    FOCUS_ASSIGN_OR_RETURN(const std::int64_t count,
                           produce(join.old_tail.view().subview(overlap, wanted - overlap)));
    if (count == 0) break;
    overlap += count;
  }
  const bool is_joined = overlap >= static_cast<std::int64_t>(kShortestJoinSeconds * rate_);
  if (is_joined) {
    join.old_tail.truncate(overlap);
    join.new_head.truncate(overlap);
    join.transition =
        mastering::find_transition(join.old_tail.view(), join.new_head.view(), rate_, kCeilingDbtp);
    join.next.polarity = join.transition.invert_new ? -1.0f : 1.0f;
  }
  position_ = from;
  join_.reset();
  early_end_from_.reset();
  if (changes) course_.take_change();
  polarities_.set(index, join.next.polarity);
  if (is_joined) {
    join_ = std::move(join);
  } else {
    deck_ = std::move(join.next);
  }
  return Opening::opened;
}

absl::StatusOr<std::int64_t> Mixdown::play_body(audio::AudioView out) {
  const std::int64_t left = deck_->end() - position_;
  const audio::AudioView part = out.subview(0, std::clamp<std::int64_t>(left, 0, out.frames()));
  if (const absl::Status read = deck_->read(position_, part); !read.ok()) {
    if (kind_ == session::Listeners::Kind::offline) return read;
    // What a change has replaced is not made again.
    if (!course_.is_changed(deck_->index)) session_->lose_segment(deck_->index, read);
    deck_->reader.reset();
    torn_ = true;
    return 0;
  }
  position_ += part.frames();
  return part.frames();
}

std::int64_t Mixdown::play_join(audio::AudioView out) {
  const std::int64_t count = std::min(out.frames(), join_->end() - position_);
  join_->render(position_, out.subview(0, count));
  position_ += count;
  if (position_ == join_->end()) {
    deck_ = std::move(join_->next);
    join_.reset();
  }
  return count;
}

/// What is heard, as it goes on by itself; 0 frames where it has come to its end.
absl::StatusOr<std::int64_t> Mixdown::produce(audio::AudioView out) {
  if (join_) return play_join(out);
  if (!deck_->reader) return 0;
  return play_body(out);
}

/// What was heard has broken off, and what was made in its place may be other music: the last
/// moment, played backwards, fades into it.
absl::Status Mixdown::mend_seam() {
  torn_ = false;
  if (join_) return absl::OkStatus();
  const auto longest = static_cast<std::int64_t>(kSeamSeconds * rate_);
  const std::int64_t frames = std::clamp<std::int64_t>(deck_->end() - position_, 0, longest);
  Join seam;
  seam.next = std::move(*deck_);
  seam.start = position_;
  FOCUS_ASSIGN_OR_RETURN(const bool whole, read_head(seam, frames));
  if (!whole) {
    deck_.reset();
    torn_ = true;
    return absl::OkStatus();
  }
  seam.old_tail = audio::AudioBuffer(audio::kChannels, frames, rate_);
  recent_.copy(frames, seam.old_tail.view());
  for (int c = 0; c < audio::kChannels; ++c) {
    std::reverse(seam.old_tail.samples(c).begin(), seam.old_tail.samples(c).end());
  }
  seam.transition.curve = mastering::CrossfadeCurve::equal_power;
  seam.transition.frames = frames;
  join_ = std::move(seam);
  return absl::OkStatus();
}

absl::StatusOr<Mixdown::Block> Mixdown::read(audio::AudioView out) {
  const std::int64_t first = position_;
  Block block;
  absl::Status status;
  try {
    status = mix(out, block);
  } catch (...) {
    const bool is_live = kind_ == session::Listeners::Kind::live;
    begin_again(first + (is_live ? block.frames : 0));
    if (!is_live) throw;
    block.state = State::waiting;
  }
  failing_ = failing_ && !status.ok();
  if (status.ok()) return block;
  const int index = deck_ ? deck_->index : -1;
  begin_again(first);  // what is in the block is not given
  if (index >= 0 && !std::exchange(failing_, true)) {
    session_->events().add(
        {session::EventType::segment_failed, index, status, std::string(status.message())});
  }
  return status;
}

/// An offline one has waited: there is another plan now.
bool Mixdown::waits_for(Opening opening) const {
  return opening == Opening::pending && kind_ == session::Listeners::Kind::offline;
}

/// What is in `block` was given, also where it throws.
absl::Status Mixdown::mix(audio::AudioView out, Block& block) {
  while (block.frames < out.frames()) {
    notice_change();
    if (!deck_ || (!deck_->reader && !join_)) {
      FOCUS_ASSIGN_OR_RETURN(const Opening opening, open_at_position());
      if (opening == Opening::opened && torn_) FOCUS_RETURN_IF_ERROR(mend_seam());
      if (opening == Opening::opened || waits_for(opening)) continue;
      block.state = opening == Opening::pending ? State::waiting : State::finished;
      return absl::OkStatus();
    }
    FOCUS_RETURN_IF_ERROR(cue_next());
    std::int64_t most = out.frames() - block.frames;
    const auto next = early_end_from_ ? std::nullopt : next_boundary();
    bool late = false;
    if (next && position_ < next->frame) {
      most = std::min(most, next->frame - position_);
    } else if (next) {
      FOCUS_ASSIGN_OR_RETURN(const Opening opening, begin_join(next->index, position_));
      if (opening == Opening::opened || waits_for(opening)) continue;
      late = opening == Opening::pending;
      const bool fades = course_.is_steered() && position_ + rate_ / 2 >= course_.end();
      if ((opening == Opening::never || fades) && !join_) early_end_from_ = position_;
    }
    most = std::min(most, std::max<std::int64_t>(deck_end() - position_, 0));
    const audio::AudioView part = out.subview(block.frames, most);
    FOCUS_ASSIGN_OR_RETURN(const std::int64_t count, produce(part));
    if (early_end_from_) {
      fade_out(part.subview(0, count), position_ - count, *early_end_from_, deck_end());
    }
    if (kind_ == session::Listeners::Kind::live) recent_.add(part.subview(0, count));
    begun_ = begun_ || count > 0;
    block.frames += count;
    if (count > 0) continue;
    const bool lost = !join_ && !deck_->reader;
    block.state = (late || lost) && position_ < course_.end() ? State::waiting : State::finished;
    return absl::OkStatus();
  }
  return absl::OkStatus();
}

}  // namespace focus::core::player
