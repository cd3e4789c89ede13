// SPDX-License-Identifier: MIT
#include "player/live_output.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace focus::core::player {
namespace {

constexpr double kRampSeconds = 0.01;
constexpr double kRefillSeconds = 0.1;  // in the ring before music goes on after it ran dry

float shaped(float ramp) { return ramp * ramp * (3.0f - 2.0f * ramp); }

std::int64_t ramp_frames_at(int rate) { return static_cast<std::int64_t>(kRampSeconds * rate); }

std::size_t values_of(std::int64_t frames) {
  return static_cast<std::size_t>(frames) * audio::kChannels;
}

}  // namespace

LiveOutput::LiveOutput(int session_rate, double ring_seconds, session::Tally& tally)
    : ring_seconds_(ring_seconds),
      sample_rate_(session_rate),
      ramp_frames_(ramp_frames_at(session_rate)),
      ring_(ring_for(session_rate)),
      timeline_{0, 0.0, session_rate, session_rate},
      tally_(tally),
      stretch_timeline_(timeline_) {}

std::int64_t LiveOutput::position() const {
  const std::atomic<std::int64_t>& place = seek_jump_.free() ? position_ : heading_for_;
  return place.load(std::memory_order_relaxed);
}

// ---- Feeder thread

bool LiveOutput::has_room_for(std::int64_t frames) const {
  return ring_->writable() >= values_of(frames);
}

void LiveOutput::write(const float* samples, std::int64_t frames) {
  ring_->write(samples, values_of(frames));
}

void LiveOutput::set_finished(bool finished, std::int64_t end) {
  end_.store(end, std::memory_order_relaxed);
  finished_.store(finished, std::memory_order_release);
}

std::int64_t LiveOutput::frames_ahead() const {
  return frame_of(ring_->written() - std::max(ring_->consumed(), stretch_begin_));
}

void LiveOutput::begin_stretch(double position) {
  stretch_begin_ = ring_->written();
  stretch_timeline_.frame = frame_of(stretch_begin_);
  stretch_timeline_.position = position;
  fence_.store(stretch_begin_, std::memory_order_release);
}

double LiveOutput::begin_replacement(double place) {
  const std::int64_t written = frame_of(ring_->written());
  const std::int64_t oldest = frame_of(std::max(ring_->consumed(), stretch_begin_));
  const std::int64_t from = std::clamp(stretch_timeline_.frame_at(place), oldest, written);
  replaced_from_ = values_of(from);
  stretch_begin_ = ring_->written();
  // Shifted by whole frames: both stretches have theirs at the same places of the session.
  stretch_timeline_.frame += written - from;
  fence_.store(stretch_begin_, std::memory_order_release);
  return stretch_position();
}

void LiveOutput::seek() {
  heading_for_.store(stretch_timeline_.nearest(frame_of(stretch_begin_)),
                     std::memory_order_relaxed);
  seek_jump_.publish({0, stretch_begin_, stretch_timeline_});
  fence_.store(kNoFence, std::memory_order_release);
}

void LiveOutput::splice() {
  splice_jump_.publish({replaced_from_, stretch_begin_, stretch_timeline_});
  fence_.store(kNoFence, std::memory_order_release);
}

// ---- Change of the rate

std::unique_ptr<SpscRing> LiveOutput::ring_for(int rate) const {
  return std::make_unique<SpscRing>(static_cast<std::size_t>(ring_seconds_ * rate) *
                                    audio::kChannels);
}

double LiveOutput::heard_place() const {
  return timeline_.position_at(frame_of(ring_->consumed()));
}

void LiveOutput::set_rate(int rate, std::unique_ptr<SpscRing>& ring, double position) {
  std::swap(ring_, ring);
  sample_rate_ = rate;
  ramp_frames_ = ramp_frames_at(rate);
  timeline_ = {0, position, timeline_.session_rate, rate};
  stretch_timeline_ = timeline_;
  stretch_begin_ = 0;
  splice_jump_.clear();
  seek_jump_.clear();
  fence_.store(kNoFence, std::memory_order_release);
}

/// What is faded out is music that was converted for the rate before, since there may be no other
/// of it. It is interpolated linearly, which is good enough for 10 ms that fall silent.
void LiveOutput::set_rate_and_seek(int rate, std::unique_ptr<SpscRing>& ring, double position) {
  const double step = static_cast<double>(sample_rate_) / rate;
  std::int64_t left = reach().readable;
  set_rate(rate, ring, heard_place());
  SpscRing& old = *ring;
  float before[audio::kChannels] = {};
  float after[audio::kChannels] = {};
  std::int64_t taken = 0;
  for (std::int64_t i = 0; i < ramp_frames_ + 2; ++i) {
    const double at = static_cast<double>(i) * step;
    for (; taken < static_cast<std::int64_t>(at) + 2 && left > 0; ++taken, --left) {
      std::copy_n(after, audio::kChannels, before);
      old.read(after, audio::kChannels);
    }
    if (taken < static_cast<std::int64_t>(at) + 2) break;
    const auto part = static_cast<float>(at - std::floor(at));
    float frame[audio::kChannels];
    for (int c = 0; c < audio::kChannels; ++c) {
      frame[c] = before[c] + part * (after[c] - before[c]);
    }
    write(frame, 1);
  }
  begin_stretch(position);
  seek();
}

// ---- Audio thread

LiveOutput::Reach LiveOutput::reach() const {
  const std::size_t at = ring_->consumed();
  // In this order: the fence is set before the stretch behind it is written, and lifted after the
  // jump to it was published.
  const std::size_t written = ring_->written();
  const std::size_t fence = fence_.load(std::memory_order_acquire);
  Reach reach;
  if (const Jump* seek = seek_jump_.peek()) {
    reach.readable = reach.available = frame_of(seek->to - at);
    reach.leaves = true;
  } else if (const Jump* splice = splice_jump_.peek()) {
    reach.leaves = at > splice->from;
    reach.readable = frame_of((reach.leaves ? splice->to : splice->from) - at);
    reach.available = reach.readable + frame_of(ring_->written() - splice->to);
  } else {
    reach.readable = reach.available = frame_of(std::min(written, fence) - at);
  }
  return reach;
}

void LiveOutput::jump_to(std::size_t to, const Timeline& timeline) {
  ring_->skip_to(to);
  timeline_ = timeline;
  position_.store(timeline_.nearest(frame_of(to)), std::memory_order_relaxed);
}

bool LiveOutput::take_exact_jump() {
  const Jump* splice = splice_jump_.peek();
  if (splice == nullptr || splice->from != ring_->consumed() || !seek_jump_.free()) return false;
  jump_to(splice->to, splice->timeline);
  splice_jump_.clear();
  return true;
}

bool LiveOutput::take_jump_in_silence() {
  if (begun_ && ramp_ > 0.0f) return false;
  if (const Jump* seek = seek_jump_.peek()) {
    jump_to(seek->to, seek->timeline);
    // In this order: the feeder publishes a splice only while the seek's slot is free.
    splice_jump_.clear();
    seek_jump_.clear();
    begun_ = true;
    ramp_ = 0.0f;
    starved_ = true;
    return true;
  }
  const Jump* splice = splice_jump_.peek();
  if (splice == nullptr || ring_->consumed() <= splice->from) return false;
  // The audio thread passed the place before it saw the splice: it enters the new music as far
  // behind the place as it has come, or at the end of what is written.
  const std::size_t late =
      std::min(ring_->consumed() - splice->from, ring_->written() - splice->to);
  jump_to(splice->to + late, splice->timeline);
  splice_jump_.clear();
  return true;
}

/// Whether the next `frames` may sound, of `available` that are in reach. Before the music is
/// finished one ramp's worth is always left over, which ramps it down.
bool LiveOutput::may_sound(std::int64_t frames, std::int64_t available, bool finished) {
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
    tally_.underruns.fetch_add(1, std::memory_order_relaxed);
  }
  return !starved_;
}

/// Reads up to `frames` frames and ramps them towards sounding or silence. Returns how many were
/// read: where the music falls silent, no more than the rest of the ramp.
std::int64_t LiveOutput::play(float* samples, std::int64_t frames, bool sounding) {
  const float step = 1.0f / static_cast<float>(ramp_frames_);
  std::int64_t music = frames;
  if (!sounding) {
    const auto rest_of_ramp = static_cast<std::int64_t>(ramp_ / step);
    music = begun_ ? std::min(frames, rest_of_ramp) : 0;
  }
  ring_->read(samples, values_of(music));
  if (!sounding || ramp_ < 1.0f) {
    for (std::int64_t i = 0; i < music; ++i) {
      ramp_ = std::clamp(ramp_ + (sounding ? step : -step), 0.0f, 1.0f);
      for (int c = 0; c < audio::kChannels; ++c) samples[i * audio::kChannels + c] *= shaped(ramp_);
    }
    if (!sounding && begun_ && ramp_ < step) ramp_ = 0.0f;
  }
  begun_ = begun_ || sounding;  // the music's own beginning needs no ramp
  position_.store(timeline_.nearest(frame_of(ring_->consumed())), std::memory_order_relaxed);
  return music;
}

std::int64_t LiveOutput::pull(float* samples, std::int64_t frames) {
  // Before the ring is looked at: all that the flag speaks of is then in the ring.
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
    // All up to a splice was read: the music, or its ramp into silence, goes on behind the splice.
    if (played > 0 && played == now.readable && now.available > now.readable) continue;
    // Nothing is left to ramp down with.
    if (played < wanted && played == now.readable && begun_ && !sounding) ramp_ = 0.0f;
    if (played > 0 && sounding) continue;
    if (!take_jump_in_silence()) break;
  }
  std::fill(samples + music * audio::kChannels, samples + frames * audio::kChannels, 0.0f);

  const bool at_end = finished && reach().available == 0;
  // The host's frames may end between two of the session's.
  if (at_end) position_.store(end_.load(std::memory_order_relaxed), std::memory_order_relaxed);
  const bool broken_off = failed_.load(std::memory_order_relaxed) && !sounding && music == 0;
  state_.store(at_end || broken_off ? PlayerState::finished
               : paused             ? PlayerState::paused
               : sounding           ? PlayerState::playing
                                    : PlayerState::waiting,
               std::memory_order_relaxed);
  return music;
}

}  // namespace focus::core::player
