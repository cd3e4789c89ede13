// SPDX-License-Identifier: MIT
#include "player/mixdown.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <string>
#include <utility>

#include "base/error.h"

namespace focus::core::player {
namespace {

/// A raised cosine from 1 at frame `from` to 0 at frame `to`. `out` begins at frame `first`.
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
      rate_(session_->started_with().sample_rate),
      listener_(session_->audience(), kind),
      policy_(MixPolicy::create(*session_, kind,
                                static_cast<std::int64_t>(kRememberedSeconds * rate_),
                                [this] { report(position_); })),
      course_(session_->plan(), rate_),
      opener_(*session_, *policy_, course_, rate_) {}

// ---- Reading

absl::StatusOr<Mixdown::Block> Mixdown::read(audio::AudioView out) {
  const std::int64_t first = position_;
  Block block;
  absl::Status status;
  try {
    status = mix(out, block);
  } catch (...) {
    const bool goes_on = policy_->goes_on_after_exception();
    break_off(first + (goes_on ? block.frames : 0));
    if (!goes_on) throw;
    block.state = State::waiting;
  }
  if (status.ok()) {
    failure_is_told_ = false;
    return block;
  }
  const Sounding* sounding = state_.sounding();
  const int index = sounding != nullptr ? sounding->newest().index : -1;
  break_off(first);  // what is in the block is not given
  if (index >= 0 && !std::exchange(failure_is_told_, true)) {
    session_->tell_failure(index, status);
  }
  return status;
}

/// Fills `out` step by step, each from the state that the step before has left. `block` counts what
/// was given; it is right after every step, so that it also holds where a step throws.
absl::Status Mixdown::mix(audio::AudioView out, Block& block) {
  while (block.frames < out.frames()) {
    notice_change();
    if (state_.sounding() == nullptr) {
      FOCUS_ASSIGN_OR_RETURN(const Opening opening, open_at_position());
      if (opening == Opening::opened || waits_for(opening)) continue;
      block.state = opening == Opening::pending ? State::waiting : State::finished;
      return absl::OkStatus();
    }
    const auto boundary = next_boundary();
    FOCUS_RETURN_IF_ERROR(
        opener_.segments().cue(boundary ? std::optional(boundary->index) : std::nullopt));

    std::int64_t most = out.frames() - block.frames;
    bool late = false;
    const auto next = state_.ending_from() ? std::nullopt : boundary;
    if (next && position_ < next->frame) {
      most = std::min(most, next->frame - position_);
    } else if (next) {
      FOCUS_ASSIGN_OR_RETURN(const Opening opening, join_next(next->index, position_));
      if (opening == Opening::opened || waits_for(opening)) continue;
      late = opening == Opening::pending;
      // Where the session's end is near, a segment that is late is not waited for any more.
      if (opening == Opening::never || is_near_end()) state_.end_from(position_);
    }
    most = std::min(most, std::max<std::int64_t>(sounding_end() - position_, 0));
    FOCUS_ASSIGN_OR_RETURN(const std::int64_t count, produce(out.subview(block.frames, most)));
    block.frames += count;
    if (count > 0) continue;
    // The music has come to its end, or broke off.
    late = late || state_.is_torn();
    block.state = late && position_ < course_.end() ? State::waiting : State::finished;
    return absl::OkStatus();
  }
  return absl::OkStatus();
}

/// Gives the music as it goes on by itself, at most up to the end of a join. Returns 0 frames where
/// it has come to its end, or where it broke off and the mixdown goes on without it.
absl::StatusOr<std::int64_t> Mixdown::produce(audio::AudioView out) {
  const Sounding& sounding = *state_.sounding();
  const auto count = sounding.read(position_, out);
  if (!count.ok()) {
    FOCUS_RETURN_IF_ERROR(opener_.lose(sounding, count.status()));
    state_.break_off();
    return 0;
  }
  const audio::AudioView given = out.subview(0, *count);
  if (const auto from = state_.ending_from()) fade_out(given, position_, *from, sounding_end());
  policy_->remember(given);
  begun_ = begun_ || *count > 0;
  position_ += *count;
  state_.settle(position_);
  return *count;
}

/// What is open is not to be trusted (an error, or memory ran out half way): all is opened again,
/// at `frame`.
void Mixdown::break_off(std::int64_t frame) {
  opener_.segments().drop_cue();
  state_.break_off();
  position_ = frame;
}

/// Whether to try again at once: an offline mixdown has waited, and so the session was steered.
bool Mixdown::waits_for(Opening opening) const {
  return opening == Opening::pending && policy_->waits();
}

bool Mixdown::is_near_end() const {
  return course_.is_steered() && position_ + rate_ / 2 >= course_.end();
}

// ---- Opening and joining

/// Opens what is heard at the position, under the plan that is heard there.
absl::StatusOr<Opening> Mixdown::open_at_position() {
  if (course_.is_changed(course_.heard().segment_at(position_, rate_))) course_.take_change();
  std::optional<MusicOpener::Music> music;
  FOCUS_ASSIGN_OR_RETURN(const Opening opening,
                         opener_.open_at(position_, state_.is_torn(), music));
  if (opening != Opening::opened) return opening;
  if (music->is_joined) {
    take(std::move(music->sounding));
    state_.settle(position_);
  } else {
    state_.open(std::move(music->sounding));
  }
  return opening;
}

/// The music that is open crosses over to segment `index` at frame `from`, which is the position or
/// lies before it.
absl::StatusOr<Opening> Mixdown::join_next(int index, std::int64_t from) {
  std::optional<Sounding> joined;
  FOCUS_ASSIGN_OR_RETURN(const Opening opening,
                         opener_.begin_join(*state_.sounding(), index, from, position_, joined));
  if (opening != Opening::opened) return opening;
  take(*std::move(joined));
  position_ = from;
  return opening;
}

/// From now on `joined` is heard, under the plan that has its newer segment.
void Mixdown::take(Sounding joined) {
  if (course_.is_changed(joined.newest().index)) course_.take_change();
  opener_.keep_polarity(joined);
  state_.join(std::move(joined));
}

std::optional<Course::Boundary> Mixdown::next_boundary() const {
  return course_.boundary_after(state_.sounding()->newest().index, position_);
}

/// Where the music that is open ends by itself, or the session does: a change that is pending may
/// have made it shorter.
std::int64_t Mixdown::sounding_end() const {
  const std::int64_t end = state_.sounding()->end();
  return course_.is_steered() ? std::min(end, course_.end()) : end;
}

// ---- Seeking and steering

void Mixdown::seek(std::int64_t frame) {
  course_.reset(session_->plan());
  opener_.forget();
  state_.reset();
  position_ = std::clamp<std::int64_t>(frame, 0, course_.end() - 1);
}

/// Looks whether the session was steered. Asked for every block: it costs one atomic load.
void Mixdown::notice_change() {
  if (session_->change_count() == plan().change_count()) return;
  course_.steer(session_->plan(),
                policy_->waits() ? Course::Taking::at_once : Course::Taking::when_allowed);
  opener_.segments().drop_changed_cue();
  state_.cancel_ending();
  // Where nothing is open there is nothing to cross over from.
  if (state_.sounding() == nullptr) course_.take_change();
}

std::optional<std::int64_t> Mixdown::change_ready(std::int64_t earliest) {
  notice_change();
  const Sounding* sounding = state_.sounding();
  if (sounding == nullptr || !course_.is_changed(sounding->newest().index + 1)) return std::nullopt;
  const std::int64_t from = std::max(earliest, course_.change_frame());
  const int index = course_.changed_segment_at(from);
  if (session_->readiness(index) != session::Readiness::ready) return std::nullopt;
  course_.allow_change();
  return from;
}

absl::StatusOr<bool> Mixdown::change_from(std::int64_t frame) {
  if (state_.sounding() == nullptr || !course_.is_steered()) return false;
  try {
    FOCUS_ASSIGN_OR_RETURN(const Opening opening,
                           join_next(course_.changed_segment_at(frame), frame));
    return opening == Opening::opened;
  } catch (...) {
    break_off(position_);
    throw;
  }
}

// ---- Telling the session

/// In an overlap, the older of the two segments.
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
  if (state_.sounding() == nullptr) {
    hearing.missing = course_.heard().segment_at(position_, rate_);
  } else if (const auto next = next_boundary(); next && !opener_.segments().has_cue()) {
    // A change may come late, as long as there is music to cross over from.
    const std::int64_t lasts_to = course_.is_changed(next->index) ? sounding_end() : next->frame;
    hearing.missing = next->index;
    hearing.late = position_ >= next->frame;
    hearing.lasts_seconds = static_cast<double>(lasts_to - position_) / rate_;
  }
  if (hearing.missing >= 0 && session_->readiness(hearing.missing) == session::Readiness::ready) {
    hearing.missing = -1;
  }
  session_->audience().move(listener_.number(), hearing);
}

void Mixdown::announce(std::int64_t frame) {
  session_->audience().send(listener_.number(), oldest_heard(*session_->plan(), frame), frame);
}

}  // namespace focus::core::player
