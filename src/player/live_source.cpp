// SPDX-License-Identifier: MIT
#include "player/live_source.h"

#include <algorithm>

#include "base/error.h"
#include "session/service.h"

namespace focus::core::player {
namespace {

constexpr double kAheadSeconds = 2.0;    // mixed before it is heard
constexpr double kSpliceSeconds = 0.15;  // from what is heard now to the earliest place of a splice
constexpr double kSplicedSeconds = 0.4;  // mixed behind a splice before it is published
constexpr std::int64_t kFedFrames = 1024;

}  // namespace

LiveSource::LiveSource(session::SessionUse session, int sample_rate,
                       std::chrono::milliseconds feed_interval)
    : sample_rate_(sample_rate),
      feed_interval_(feed_interval),
      // What is ahead and, after a jump, as much again.
      output_(sample_rate, 2.0 * kAheadSeconds, session.service().tally()),
      mixdown_(std::move(session), session::Listeners::Kind::live),
      block_(audio::kChannels, kFedFrames, sample_rate),
      interleaved_(static_cast<std::size_t>(kFedFrames) * audio::kChannels) {
  whereabouts_.set(mixdown_.plan(), 0, sample_rate_);
  feeder_ = std::thread([this] { feed(); });
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

// ---- Feeder thread

/// Follows a seek that was asked for: what is mixed from now on is music from its place on. Waits
/// for its turn while the audio thread has still to take the seek before.
void LiveSource::follow_seek() {
  if (!output_.has_taken_seek()) return;
  std::int64_t wanted = seek_to_.load(std::memory_order_acquire);
  if (wanted < 0) return;
  output_.set_finished(false);
  mixdown_.seek(wanted);
  output_.begin_stretch();
  output_.seek(mixdown_.position());
  // Stays set if another seek was asked for meanwhile.
  seek_to_.compare_exchange_strong(wanted, -1, std::memory_order_acq_rel);
}

/// Follows a change of the session whose music is ready and which begins within what is mixed
/// already. In this order:
///   1. the mixdown goes back to the change, and joins the new music to what it gave from there on;
///   2. that is written behind the old music, as a new stretch of the ring;
///   3. once there is enough of it for any callback, the audio thread is sent there by a splice at
///      the frame where the change begins.
/// A change that begins later needs none of this: the mixdown takes it when it comes to it.
absl::Status LiveSource::follow_change() {
  if (!output_.has_taken_seek() || !output_.has_taken_splice()) return absl::OkStatus();
  const std::int64_t mixed = mixdown_.position();
  // Not before the audio thread can see the splice, and not before the stretch that it is in.
  const std::int64_t soon =
      output_.heard_position() + static_cast<std::int64_t>(kSpliceSeconds * sample_rate_);
  const auto from = mixdown_.change_ready(std::max(soon, mixed - output_.frames_in_stretch()));
  if (!from || *from >= mixed) return absl::OkStatus();
  FOCUS_ASSIGN_OR_RETURN(const bool taken, mixdown_.change_from(*from));
  if (!taken) return absl::OkStatus();
  output_.set_finished(false);
  output_.begin_stretch();
  const auto enough = static_cast<std::int64_t>(kSplicedSeconds * sample_rate_);
  while (output_.frames_ahead() < enough) {
    FOCUS_ASSIGN_OR_RETURN(const Mixdown::State state, mix_block());
    if (state != Mixdown::State::playing) break;
  }
  output_.splice(mixed - *from, *from);
  return absl::OkStatus();
}

absl::StatusOr<Mixdown::State> LiveSource::mix_block() {
  FOCUS_ASSIGN_OR_RETURN(const Mixdown::Block mixed, mixdown_.read(block_.view()));
  interleave(block_.view().subview(0, mixed.frames), interleaved_.data());
  output_.write(interleaved_.data(), mixed.frames);
  output_.set_finished(mixed.state == Mixdown::State::finished);
  return mixed.state;
}

/// True where there is nothing more to do for now.
bool LiveSource::feed_once() {
  follow_seek();
  absl::Status status = follow_change();
  const std::int64_t heard = position();
  mixdown_.report(heard);
  whereabouts_.set(mixdown_.plan(), heard, sample_rate_, mixdown_.latest_index());
  bool rests = true;
  const auto ahead = static_cast<std::int64_t>(kAheadSeconds * sample_rate_);
  if (status.ok() && output_.frames_ahead() + kFedFrames <= ahead &&
      output_.has_room_for(kFedFrames)) {
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
