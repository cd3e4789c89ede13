// SPDX-License-Identifier: MIT
#include "player/player.h"

#include <algorithm>
#include <cmath>

#include <absl/strings/str_cat.h>

#include "base/error.h"
#include "player/live_source.h"
#include "player/offline_source.h"

namespace focus::core::player {
namespace {

absl::Status check_output(int sample_rate, int channel_count) {
  if (sample_rate != 0 && (sample_rate < 8000 || sample_rate > 192000)) {
    return invalid_field("sample_rate",
                         absl::StrCat("must be 8000 to 192000 Hz, not ", sample_rate));
  }
  if (channel_count < 1 || channel_count > audio::AudioView::kMaxChannels) {
    return invalid_field(
        "channel_count",
        absl::StrCat("must be 1 to ", audio::AudioView::kMaxChannels, ", not ", channel_count));
  }
  return absl::OkStatus();
}

/// What leaves the player is finite and within full scale, whatever was read. Changes no bit of any
/// other sample.
inline float within_full_scale(float sample) {
  if (sample >= -1.0f && sample <= 1.0f) return sample;
  if (std::isnan(sample)) return 0.0f;
  return sample > 0.0f ? 1.0f : -1.0f;
}

}  // namespace

absl::StatusOr<std::unique_ptr<Player>> Player::create(const session::SessionUse& session,
                                                       const PlayerOptions& options) {
  FOCUS_RETURN_IF_ERROR(check_output(options.sample_rate, options.channel_count));
  std::unique_ptr<Player> player(new Player(session, options));
  FOCUS_RETURN_IF_ERROR(player->set_output(options.sample_rate, options.channel_count));
  return player;
}

Player::Player(const session::SessionUse& session, const PlayerOptions& options)
    : session_(session) {
  const int session_rate = session->started_with().sample_rate;
  if (options.mode == PlayerOptions::Mode::live) {
    auto live = std::make_unique<LiveSource>(session, session_rate, options.feed_interval);
    live_ = live.get();
    source_ = std::move(live);
  } else {
    source_ = std::make_unique<OfflineSource>(session, session_rate);
    converter_.emplace(*source_, session_rate);
  }
}

absl::Status Player::set_output(int sample_rate, int channel_count) {
  FOCUS_RETURN_IF_ERROR(check_output(sample_rate, channel_count));
  const int rate = sample_rate == 0 ? session_->started_with().sample_rate : sample_rate;
  FOCUS_RETURN_IF_ERROR(live_ != nullptr ? live_->set_rate(rate) : converter_->set_rate(rate));
  sample_rate_ = rate;
  channel_count_ = channel_count;
  return absl::OkStatus();
}

absl::StatusOr<std::int64_t> Player::pull(float* samples, std::int64_t frames) {
  return converter_ ? converter_->fill(samples, frames) : source_->pull(samples, frames);
}

void Player::set_paused(bool paused) {
  if (!paused) woken_.store(true, std::memory_order_relaxed);
  source_->set_paused(paused);
}

absl::Status Player::seek(double seconds) {
  const double duration = session_->plan()->played_seconds();
  if (!(seconds >= 0.0 && seconds < duration)) {
    return invalid_field("seconds", absl::StrCat("must be 0 or more and less than the session's ",
                                                 duration, ", not ", seconds));
  }
  source_->seek(std::llround(seconds * session_->started_with().sample_rate));
  return absl::OkStatus();
}

absl::Status Player::skip() {
  const std::shared_ptr<const plan::Plan> plan = session_->plan();
  const int rate = session_->started_with().sample_rate;
  const int next = plan->segment_at(source_->position(), rate) + 1;
  if (next >= plan->segment_count()) {
    return not_found("player", "plays the last segment; there is none after it");
  }
  source_->seek(plan->start_frame(next, rate));
  return absl::OkStatus();
}

absl::Status Player::set_volume(double volume) {
  if (!(volume >= 0.0 && volume <= 1.0)) {
    return invalid_field("volume", absl::StrCat("must be 0 (silent) to 1, not ", volume));
  }
  volume_.set(volume);
  return absl::OkStatus();
}

absl::Status Player::set_sleep_timer(double seconds, double fade_seconds) {
  constexpr double kLongest = 7.0 * 24 * 3600;
  if (!(seconds <= kLongest)) {
    return invalid_field("seconds", absl::StrCat("must be at most a week, or negative for never, "
                                                 "not ",
                                                 seconds));
  }
  if (!(fade_seconds >= 0.0)) {
    return invalid_field("fade_seconds", absl::StrCat("must not be negative, like ", fade_seconds));
  }
  volume_.set_sleep_timer(seconds, fade_seconds);
  return absl::OkStatus();
}

/// `sample_at(frame, channel)` returns a reference to a sample in the host's memory.
template <typename Sample>
absl::StatusOr<std::int64_t> Player::render(std::int64_t frames, Sample sample_at) {
  const int channels = channel_count_.load(std::memory_order_relaxed);
  const int rate = sample_rate_.load(std::memory_order_relaxed);
  if (woken_.exchange(false, std::memory_order_relaxed)) volume_.wake();
  std::int64_t music = 0;
  for (std::int64_t at = 0; at < frames; at += kBlock) {
    const std::int64_t count = std::min(kBlock, frames - at);
    FOCUS_ASSIGN_OR_RETURN(const std::int64_t sounding, pull(output_.data(), count));
    music += sounding;
    if (volume_.apply(output_.data(), count, sounding, rate)) source_->set_paused(true);
    for (std::int64_t i = 0; i < count; ++i) {
      const float left = within_full_scale(output_[static_cast<std::size_t>(i * 2)]);
      const float right = within_full_scale(output_[static_cast<std::size_t>(i * 2 + 1)]);
      if (channels == 1) {
        sample_at(at + i, 0) = 0.5f * (left + right);
        continue;
      }
      sample_at(at + i, 0) = left;
      sample_at(at + i, 1) = right;
      for (int c = 2; c < channels; ++c) sample_at(at + i, c) = 0.0f;
    }
  }
  return music;
}

absl::StatusOr<std::int64_t> Player::render_interleaved(float* samples, std::int64_t frames) {
  const int channels = channel_count_.load(std::memory_order_relaxed);
  return render(frames, [=](std::int64_t frame, int channel) -> float& {
    return samples[frame * channels + channel];
  });
}

absl::StatusOr<std::int64_t> Player::render_planar(float* const* channels, std::int64_t frames) {
  return render(
      frames, [=](std::int64_t frame, int channel) -> float& { return channels[channel][frame]; });
}

std::uint32_t Player::feeder_rests() const { return live_ != nullptr ? live_->rests() : 0; }

PlayerInfo Player::info() const {
  const Whereabouts& where = source_->whereabouts();
  PlayerInfo info;
  info.state = source_->state();
  info.underruns = source_->underruns();
  info.position_seconds =
      static_cast<double>(source_->position()) / session_->started_with().sample_rate;
  info.duration_seconds = where.duration();
  info.segment_index = where.segment_index();
  info.next_join_seconds = where.next_join();
  info.sleep_seconds = volume_.sleep_seconds();
  info.volume = volume_.get();
  info.sample_rate = sample_rate_;
  info.channel_count = channel_count_;
  return info;
}

}  // namespace focus::core::player
