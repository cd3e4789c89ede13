// SPDX-License-Identifier: MIT
#include "player/live_source.h"

#include <algorithm>
#include <vector>

#include "base/error.h"
#include "session/service.h"

namespace focus::core::player {
namespace {

constexpr double kAheadSeconds = 2.0;  // that are mixed before they are heard
constexpr double kRampSeconds = 0.01;
constexpr double kRefillSeconds = 0.1;   // in the ring before music goes on after it ran dry
constexpr double kSpliceSeconds = 0.15;  // from what is heard now to where a change may come
constexpr double kSplicedSeconds = 0.4;  // of the new music that are mixed by then
constexpr std::int64_t kFedFrames = 1024;

float shaped(float ramp) { return ramp * ramp * (3.0f - 2.0f * ramp); }

}  // namespace

LiveSource::LiveSource(session::SessionUse session, int sample_rate, std::chrono::milliseconds feed_interval)
    : sample_rate_(sample_rate),
      ramp_frames_(static_cast<std::int64_t>(kRampSeconds * sample_rate)),
      feed_interval_(feed_interval),
      // What is heard, and after a jump as much again.
      ring_(static_cast<std::size_t>(2.0 * kAheadSeconds * sample_rate) * audio::kChannels),
      tally_(&session.service().tally()),
      mixdown_(std::move(session), session::Listeners::Kind::live),
      block_(audio::kChannels, kFedFrames, sample_rate),
      interleaved_(static_cast<std::size_t>(kFedFrames) * audio::kChannels) {
  whereabouts_.set(mixdown_.plan(), 0, sample_rate_);
  feeder_ = std::thread([this] { feed(); });
}

LiveSource::~LiveSource() {
  {
    const MutexLock guard(mutex_);
    stopping_ = true;
  }
  wake_.notify_one();
  feeder_.join();
}

void LiveSource::seek(std::int64_t frame) {
  seek_to_.store(frame, std::memory_order_release);
  mixdown_.announce(frame);
  wake_.notify_one();
}

std::int64_t LiveSource::position() const {
  const std::int64_t wanted = seek_to_.load(std::memory_order_acquire);
  if (wanted >= 0) return wanted;
  const std::atomic<std::int64_t>& place = seek_jump_.free() ? position_ : heading_for_;
  return place.load(std::memory_order_relaxed);
}

// ---- audio thread

LiveSource::Reach LiveSource::reach() const {
  const std::size_t at = ring_.consumed();
  const auto frames = [](std::size_t values) {
    return static_cast<std::int64_t>(values) / audio::kChannels;
  };
  Reach reach;
  if (const Jump* seek = seek_jump_.peek()) {
    reach.readable = reach.available = frames(seek->to - at);
    reach.leaves = true;
  } else if (const Jump* splice = splice_jump_.peek()) {
    reach.leaves = at > splice->from;
    reach.readable = frames((reach.leaves ? splice->to : splice->from) - at);
    reach.available = reach.readable + frames(ring_.written() - splice->to);
  } else {
    reach.readable = reach.available = frames(ring_.written() - at);
  }
  return reach;
}

void LiveSource::jump_to(std::size_t to, std::int64_t position) {
  ring_.skip_to(to);
  position_.store(position, std::memory_order_relaxed);
}

bool LiveSource::take_exact_jump() {
  const Jump* splice = splice_jump_.peek();
  if (splice == nullptr || splice->from != ring_.consumed() || !seek_jump_.free()) return false;
  jump_to(splice->to, splice->position);
  splice_jump_.clear();
  return true;
}

bool LiveSource::take_jump_in_silence() {
  if (begun_ && ramp_ > 0.0f) return false;
  if (const Jump* seek = seek_jump_.peek()) {
    jump_to(seek->to, seek->position);
    splice_jump_.clear();
    seek_jump_.clear();
    begun_ = true;
    ramp_ = 0.0f;
    starved_ = true;
    return true;
  }
  const Jump* splice = splice_jump_.peek();
  if (splice == nullptr || ring_.consumed() <= splice->from) return false;
  // The place was passed before the jump was seen: as far into the new music.
  const std::size_t late = std::min(ring_.consumed() - splice->from, ring_.written() - splice->to);
  jump_to(splice->to + late, splice->position + static_cast<std::int64_t>(late) / audio::kChannels);
  splice_jump_.clear();
  return true;
}

/// Whether music may sound now. Falling silent takes a ramp of music, so that much stays in the
/// ring.
bool LiveSource::may_sound(std::int64_t frames, std::int64_t available, bool finished) {
  if (finished) {
    starved_ = false;
    return available > 0;
  }
  const std::int64_t needed = frames + ramp_frames_;
  if (starved_) {
    const auto refill = static_cast<std::int64_t>(kRefillSeconds * sample_rate_);
    starved_ = available < needed + refill;
  } else if (available < needed) {
    starved_ = true;
    underruns_.fetch_add(1, std::memory_order_relaxed);
    tally_->underruns.fetch_add(1, std::memory_order_relaxed);
  }
  return !starved_;
}

/// Falling silent plays on for the rest of a ramp; then the ring is left alone.
std::int64_t LiveSource::play(float* samples, std::int64_t frames, bool sounding) {
  const float step = 1.0f / static_cast<float>(ramp_frames_);
  std::int64_t music = frames;
  if (!sounding) {
    const auto rest_of_ramp = static_cast<std::int64_t>(ramp_ / step);
    music = begun_ ? std::min(frames, rest_of_ramp) : 0;
  }
  ring_.read(samples, static_cast<std::size_t>(music) * audio::kChannels);
  if (!sounding || ramp_ < 1.0f) {
    for (std::int64_t i = 0; i < music; ++i) {
      ramp_ = std::clamp(ramp_ + (sounding ? step : -step), 0.0f, 1.0f);
      for (int c = 0; c < audio::kChannels; ++c) samples[i * audio::kChannels + c] *= shaped(ramp_);
    }
    if (!sounding && begun_ && ramp_ < step) ramp_ = 0.0f;
  }
  begun_ = begun_ || sounding;  // the music's own beginning needs no ramp
  position_.fetch_add(music, std::memory_order_relaxed);
  return music;
}

absl::StatusOr<std::int64_t> LiveSource::pull(float* samples, std::int64_t frames) {
  // The flag first: what it covers is then in the ring.
  const bool finished = finished_.load(std::memory_order_acquire);
  const bool paused = paused_.load(std::memory_order_relaxed);
  std::int64_t music = 0;
  bool sounding = false;
  while (music < frames) {
    if (take_exact_jump()) continue;
    const Reach now = reach();
    const std::int64_t wanted = frames - music;
    sounding = !paused && !now.leaves && may_sound(wanted, now.available, finished);
    const std::int64_t played =
        play(samples + music * audio::kChannels, std::min(wanted, now.readable), sounding);
    music += played;
    // A ramp into silence that meets a splice goes on behind it.
    if (played > 0 && played == now.readable && now.available > now.readable) continue;
    // Where the ring has nothing left, silence comes without a ramp.
    if (played < wanted && played == now.readable && begun_ && !sounding) ramp_ = 0.0f;
    if (played > 0 && sounding) continue;
    if (!take_jump_in_silence()) break;
  }
  std::fill(samples + music * audio::kChannels, samples + frames * audio::kChannels, 0.0f);

  const bool at_end = finished && reach().available == 0;
  const bool broken_off = failed_.load(std::memory_order_relaxed) && !sounding && music == 0;
  state_.store(at_end || broken_off ? PlayerState::finished
               : paused             ? PlayerState::paused
               : sounding           ? PlayerState::playing
                                    : PlayerState::waiting,
               std::memory_order_relaxed);
  return music;
}

// ---- feeder thread

/// What was mixed since the last jump and is not heard yet.
std::int64_t LiveSource::frames_ahead() const {
  const std::size_t read = std::max(ring_.consumed(), stretch_begin_);
  return static_cast<std::int64_t>(ring_.written() - read) / audio::kChannels;
}

void LiveSource::follow_seek() {
  if (!seek_jump_.free()) return;
  std::int64_t wanted = seek_to_.load(std::memory_order_acquire);
  if (wanted < 0) return;
  finished_.store(false, std::memory_order_relaxed);
  mixdown_.seek(wanted);
  stretch_begin_ = ring_.written();
  const std::int64_t place = mixdown_.position();
  heading_for_.store(place, std::memory_order_relaxed);
  seek_jump_.publish({0, stretch_begin_, place});
  // Unless another was asked for meanwhile.
  seek_to_.compare_exchange_strong(wanted, -1, std::memory_order_acq_rel);
}

absl::Status LiveSource::follow_change() {
  if (!seek_jump_.free() || !splice_jump_.free()) return absl::OkStatus();
  const std::int64_t mixed = mixdown_.position();
  const auto in_stretch = static_cast<std::int64_t>(ring_.written() - stretch_begin_) / audio::kChannels;
  const std::int64_t soon = position_.load(std::memory_order_relaxed) +
                            static_cast<std::int64_t>(kSpliceSeconds * sample_rate_);
  const auto ready = mixdown_.change_ready(std::max(soon, mixed - in_stretch));
  if (!ready) return absl::OkStatus();
  const std::int64_t from = *ready;
  if (from >= mixed) return absl::OkStatus();
  FOCUS_ASSIGN_OR_RETURN(const bool taken, mixdown_.change_from(from));
  if (!taken) return absl::OkStatus();
  finished_.store(false, std::memory_order_relaxed);
  const std::size_t written = ring_.written();
  stretch_begin_ = written;
  // Enough for any callback, before the reader is sent there.
  const auto enough = static_cast<std::int64_t>(kSplicedSeconds * sample_rate_);
  while (frames_ahead() < enough) {
    FOCUS_ASSIGN_OR_RETURN(const Mixdown::State state, mix_block());
    if (state != Mixdown::State::playing) break;
  }
  splice_jump_.publish(
      {written - static_cast<std::size_t>(mixed - from) * audio::kChannels, written, from});
  return absl::OkStatus();
}

absl::StatusOr<Mixdown::State> LiveSource::mix_block() {
  FOCUS_ASSIGN_OR_RETURN(const Mixdown::Block mixed, mixdown_.read(block_.view()));
  interleave(block_.view().subview(0, mixed.frames), interleaved_.data());
  ring_.write(interleaved_.data(), static_cast<std::size_t>(mixed.frames) * audio::kChannels);
  finished_.store(mixed.state == Mixdown::State::finished, std::memory_order_release);
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
  if (status.ok() && frames_ahead() + kFedFrames <= ahead &&
      ring_.writable() >= interleaved_.size()) {
    const auto state = mix_block();
    status = state.status();
    rests = !state.ok() || *state != Mixdown::State::playing;
  }
  // It may be able to go on later: the listener may seek, a disk may come back.
  failed_.store(!status.ok(), std::memory_order_release);
  return rests;
}

void LiveSource::feed() {
  while (!is_stopping()) {
    bool rests = true;
    try {
      rests = feed_once();
    } catch (...) {
      // Nothing may escape from a thread, nor stop the music: memory that ran out may come back.
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
    return seek_to_.load(std::memory_order_relaxed) >= 0 && seek_jump_.free();
  };
  const MutexLock lock(mutex_);
  while (!stopping_ && !may_seek() && wake_.wait_until(mutex_, deadline)) continue;
}

}  // namespace focus::core::player
