// SPDX-License-Identifier: MIT
#include "player/live_source.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "base/error.h"
#include "base/thread.h"
#include "session/service.h"

namespace focus::core::player {
namespace {

constexpr double kAheadSeconds = 2.0;    // mixed before it is heard
constexpr double kSpliceSeconds = 0.15;  // from what is heard now to the earliest place of a splice
constexpr double kSplicedSeconds = 0.4;  // converted behind a splice before it is published
/// What is kept of the mixed music, so that it can be converted again from what is heard on: what
/// is ahead of a splice, as much behind it, and what a filter and the mixdown's blocks need.
constexpr double kKeptSeconds = 2.0 * kAheadSeconds + 0.5;
constexpr std::int64_t kFedFrames = 1024;

}  // namespace

LiveSource::LiveSource(session::SessionUse session, int session_rate,
                       std::chrono::milliseconds feed_interval)
    : session_rate_(session_rate),
      feed_interval_(feed_interval),
      // What is ahead and, after a jump, as much again.
      output_(session_rate, 2.0 * kAheadSeconds, session.service().tally()),
      mixdown_(std::move(session), session::Listeners::Kind::live),
      block_(audio::kChannels, kFedFrames, session_rate),
      interleaved_(static_cast<std::size_t>(kFedFrames) * audio::kChannels),
      converter_(session_rate, static_cast<std::int64_t>(kKeptSeconds * session_rate)),
      converted_(interleaved_.size()),
      rate_(session_rate) {
  whereabouts_.set(mixdown_.plan(), 0, session_rate_);
  feeder_ = start_thread([this] { feed(); });
}

LiveSource::~LiveSource() {
  {
    const MutexLock lock(mutex_);
    stopping_ = true;
  }
  wake_.notify_one();
  feeder_.join();
}

absl::StatusOr<std::int64_t> LiveSource::pull(float* samples, std::int64_t frames) {
  return output_.pull(samples, frames);
}

void LiveSource::seek(std::int64_t frame) {
  seek_to_.store(frame, std::memory_order_release);
  mixdown_.announce(frame);
  wake_.notify_one();
}

std::int64_t LiveSource::position() const {
  const std::int64_t wanted = seek_to_.load(std::memory_order_acquire);
  return wanted >= 0 ? wanted : output_.position();
}

// ---- Change of the rate

absl::Status LiveSource::set_rate(int rate) {
  {
    const MutexLock lock(music_mutex_);
    if (rate == rate_) return absl::OkStatus();
  }
  FOCUS_ASSIGN_OR_RETURN(LiveConverter::Resampler resampler,
                         LiveConverter::resampler(session_rate_, rate));
  std::unique_ptr<SpscRing> ring = output_.ring_for(rate);
  const MutexLock lock(music_mutex_);
  // Where a seek, or a splice that came too late, is on its way, the music that is heard is not
  // kept, and is faded out. In all other cases it goes on in what was mixed: that has the change of
  // the session that a splice leads to.
  const double heard = output_.heard_place();
  const bool seeks = !output_.has_taken_seek();
  const bool passed = is_replacing_ && heard > output_.stretch_position();
  const bool leaves = (output_.leaves() || passed) && !is_seeking_;
  converter_.set_rate(rate, resampler);
  converter_.continue_from(seeks ? output_.stretch_position() : heard);
  if (leaves) {
    output_.set_rate_and_seek(rate, ring, converter_.position());
  } else {
    output_.set_rate(rate, ring, converter_.position());
  }
  rate_ = rate;
  is_replacing_ = false;
  while (convert_ahead(kSplicedSeconds)) continue;
  return absl::OkStatus();
}

/// Converts some of what was mixed, unless as many seconds are converted already. False where there
/// is nothing to do.
bool LiveSource::convert_ahead(double seconds) {
  const auto ahead = static_cast<std::int64_t>(seconds * rate_);
  if (output_.frames_ahead() >= ahead || !output_.has_room_for(kFedFrames)) return false;
  const std::int64_t count = converter_.convert(converted_.data(), kFedFrames);
  output_.write(converted_.data(), count);
  output_.set_finished(converter_.is_done(), converter_.end());
  return count > 0;
}

// ---- Feeder thread

/// Follows a seek that was asked for: what is mixed from now on is music from its place on. Waits
/// for its turn while the audio thread has still to take the seek before.
void LiveSource::follow_seek() {
  std::int64_t wanted = seek_to_.load(std::memory_order_acquire);
  if (wanted < 0) return;
  {
    const MutexLock lock(music_mutex_);
    if (!output_.has_taken_seek()) return;
    is_seeking_ = true;
  }
  mixdown_.seek(wanted);
  const std::int64_t position = mixdown_.position();
  {
    const MutexLock lock(music_mutex_);
    converter_.restart(position);
    output_.set_finished(false, position);
    output_.begin_stretch(static_cast<double>(position));
    output_.seek();
    is_seeking_ = false;
  }
  // Stays set if another seek was asked for meanwhile.
  seek_to_.compare_exchange_strong(wanted, -1, std::memory_order_acq_rel);
}

/// Follows a change of the session whose music is ready and which begins within what is mixed
/// already. In this order:
///   1. the mixdown goes back to the change, and joins the new music to what it gave from there on;
///   2. that is converted and written behind the old music, as a new stretch of the ring;
///   3. once there is enough of it for any callback, the audio thread is sent there by a splice at
///      the frame where the change begins.
/// A change that begins later needs none of this: the mixdown takes it when it comes to it.
absl::Status LiveSource::follow_change() {
  double earliest = 0.0;
  {
    const MutexLock lock(music_mutex_);
    if (!output_.has_taken_seek() || !output_.has_taken_splice()) return absl::OkStatus();
    earliest = output_.stretch_position();
  }
  const std::int64_t mixed = mixdown_.position();
  // Not before the audio thread can see the splice, and not before the stretch that it is in.
  const std::int64_t soon =
      output_.heard_position() + static_cast<std::int64_t>(kSpliceSeconds * session_rate_);
  const auto from =
      mixdown_.change_ready(std::max(soon, static_cast<std::int64_t>(std::ceil(earliest))));
  if (!from || *from >= mixed) return absl::OkStatus();
  FOCUS_ASSIGN_OR_RETURN(const bool taken, mixdown_.change_from(*from));
  return taken ? replace_from(*from) : absl::OkStatus();
}

/// The mixdown gives other music from `frame` on than what was mixed before.
absl::Status LiveSource::replace_from(std::int64_t frame) {
  {
    const MutexLock lock(music_mutex_);
    converter_.cut(frame);
    output_.set_finished(false, frame);
    // A resampler's frames are different as soon as it looks ahead into the new music.
    const double place = static_cast<double>(frame - converter_.look_ahead());
    converter_.continue_from(output_.begin_replacement(place));
    is_replacing_ = true;
  }
  const auto wants_more = [this] {
    const MutexLock lock(music_mutex_);
    return is_replacing_ &&
           output_.frames_ahead() < static_cast<std::int64_t>(kSplicedSeconds * rate_);
  };
  absl::Status status;
  while (status.ok() && wants_more()) {
    const auto state = mix_block();
    status = state.status();
    if (state.ok() && *state != Mixdown::State::playing) break;
  }
  // After a failure too: the old music must not be left without a way on.
  const MutexLock lock(music_mutex_);
  if (std::exchange(is_replacing_, false)) output_.splice();
  return status;
}

absl::StatusOr<Mixdown::State> LiveSource::mix_block() {
  FOCUS_ASSIGN_OR_RETURN(const Mixdown::Block mixed, mixdown_.read(block_.view()));
  interleave(block_.view().subview(0, mixed.frames), interleaved_.data());
  const MutexLock lock(music_mutex_);
  converter_.add(interleaved_.data(), mixed.frames);
  converter_.set_complete(mixed.state == Mixdown::State::finished);
  while (convert_ahead(2.0 * kAheadSeconds)) continue;
  return mixed.state;
}

bool LiveSource::wants_music() {
  const MutexLock lock(music_mutex_);
  const std::int64_t most = converter_.most_frames(kFedFrames);
  return output_.frames_ahead() + most <= static_cast<std::int64_t>(kAheadSeconds * rate_) &&
         output_.has_room_for(most);
}

/// True where there is nothing more to do for now.
bool LiveSource::feed_once() {
  follow_seek();
  absl::Status status = follow_change();
  const std::int64_t heard = position();
  mixdown_.report(heard);
  whereabouts_.set(mixdown_.plan(), heard, session_rate_, mixdown_.latest_index());
  bool converts = false;
  {
    // What was mixed before the host's rate changed comes before more music.
    const MutexLock lock(music_mutex_);
    converts = convert_ahead(kAheadSeconds);
  }
  bool rests = !converts;
  if (!converts && status.ok() && wants_music()) {
    const auto state = mix_block();
    status = state.status();
    rests = !state.ok() || *state != Mixdown::State::playing;
  }
  // A failure need not last: the listener may seek, a disk may come back.
  output_.set_failed(!status.ok());
  return rests;
}

void LiveSource::feed() {
  while (!is_stopping()) {
    bool rests = true;
    try {
      rests = feed_once();
    } catch (...) {
      // No exception may leave a thread, and none may stop the music: memory that ran out may come
      // back. The feeder rests and tries again.
    }
    if (!rests) continue;
    rests_.fetch_add(1, std::memory_order_release);
    rest();
  }
}

bool LiveSource::is_stopping() {
  const MutexLock lock(mutex_);
  return stopping_;
}

/// Waits for the next interval, or until the source stops or a seek can be followed.
void LiveSource::rest() {
  const auto deadline = std::chrono::steady_clock::now() + feed_interval_;
  const auto may_seek = [this] {
    return seek_to_.load(std::memory_order_relaxed) >= 0 && output_.has_taken_seek();
  };
  const MutexLock lock(mutex_);
  while (!stopping_ && !may_seek() && wake_.wait_until(mutex_, deadline)) continue;
}

}  // namespace focus::core::player
