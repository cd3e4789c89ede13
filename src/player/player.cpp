// SPDX-License-Identifier: MIT
#include "player/player.h"

#include <algorithm>

#include <absl/strings/str_cat.h>

#include "base/error.h"
#include "player/live_source.h"
#include "player/offline_source.h"

namespace focus::core {

absl::StatusOr<std::unique_ptr<Player>> Player::create(const SessionUse& session,
                                                       const PlayerOptions& options) {
  const int session_rate = session->request().sample_rate;
  const int rate = options.sample_rate == 0 ? session_rate : options.sample_rate;
  if (rate < 8000 || rate > 192000) {
    return invalid_field("sample_rate", absl::StrCat("must be 8000 to 192000 Hz, not ", rate));
  }
  if (options.channel_count < 1 || options.channel_count > AudioView::kMaxChannels) {
    return invalid_field("channel_count", absl::StrCat("must be 1 to ", AudioView::kMaxChannels,
                                                       ", not ", options.channel_count));
  }
  std::optional<StreamResampler> resampler;
  if (rate != session_rate) {
    FOCUS_ASSIGN_OR_RETURN(
        resampler, StreamResampler::create(2, session_rate, rate, ResamplerQuality::medium));
  }
  std::unique_ptr<Source> source;
  if (options.mode == PlayerOptions::Mode::live) {
    source = std::make_unique<LiveSource>(session, session_rate);
  } else {
    source = std::make_unique<OfflineSource>(session, session_rate);
  }
  return std::unique_ptr<Player>(
      new Player(session, options.channel_count, std::move(source), std::move(resampler)));
}

Player::Player(const SessionUse& session, int channel_count, std::unique_ptr<Source> source,
               std::optional<StreamResampler> resampler)
    : session_(session),
      channel_count_(channel_count),
      source_(std::move(source)),
      resampler_(std::move(resampler)) {}

/// Fills output_ with up to kBlock frames at the host's rate; returns how many were music.
absl::StatusOr<std::int64_t> Player::fill(std::int64_t frames) {
  return resampler_ ? fill_resampled(frames) : source_->pull(output_.data(), frames);
}

absl::StatusOr<std::int64_t> Player::fill_resampled(std::int64_t frames) {
  std::int64_t filled = 0;
  std::int64_t music = 0;
  while (filled < frames) {
    if (input_begin_ == input_end_) {
      FOCUS_ASSIGN_OR_RETURN(const std::int64_t pulled, source_->pull(input_.data(), kBlock));
      input_begin_ = 0;
      input_end_ = kBlock;
      input_is_music_ = pulled > 0;
    }
    const StreamResampler::Progress progress =
        resampler_->process(input_.data() + input_begin_ * 2, input_end_ - input_begin_,
                            output_.data() + filled * 2, frames - filled);
    input_begin_ += progress.consumed;
    filled += progress.produced;
    if (input_is_music_) music += progress.produced;
  }
  if (source_->state() == PlayerState::finished) {
    // The filter looks ahead, so the session's last frames come with the silence after its end;
    // its ringing after that is cut.
    const double length = static_cast<double>(source_->position()) * resampler_->ratio();
    music = std::clamp<std::int64_t>(static_cast<std::int64_t>(length + 0.5) - music_frames_, 0,
                                     frames);
    std::fill(output_.begin() + music * 2, output_.begin() + frames * 2, 0.0f);
  }
  music_frames_ += music;
  return music;
}

/// `sample_at(frame, channel)` is the host's memory.
template <typename Sample>
absl::StatusOr<std::int64_t> Player::render(std::int64_t frames, Sample sample_at) {
  std::int64_t music = 0;
  for (std::int64_t at = 0; at < frames; at += kBlock) {
    const std::int64_t count = std::min(kBlock, frames - at);
    FOCUS_ASSIGN_OR_RETURN(const std::int64_t sounding, fill(count));
    music += sounding;
    for (std::int64_t i = 0; i < count; ++i) {
      const float left = output_[static_cast<std::size_t>(i * 2)];
      const float right = output_[static_cast<std::size_t>(i * 2 + 1)];
      if (channel_count_ == 1) {
        sample_at(at + i, 0) = 0.5f * (left + right);
        continue;
      }
      sample_at(at + i, 0) = left;
      sample_at(at + i, 1) = right;
      for (int c = 2; c < channel_count_; ++c) sample_at(at + i, c) = 0.0f;
    }
  }
  return music;
}

absl::StatusOr<std::int64_t> Player::render_interleaved(float* samples, std::int64_t frames) {
  return render(frames, [=, this](std::int64_t frame, int channel) -> float& {
    return samples[frame * channel_count_ + channel];
  });
}

absl::StatusOr<std::int64_t> Player::render_planar(float* const* channels, std::int64_t frames) {
  return render(
      frames, [=](std::int64_t frame, int channel) -> float& { return channels[channel][frame]; });
}

PlayerInfo Player::info() const {
  const Plan& plan = session_->plan();
  const int rate = session_->request().sample_rate;
  const std::int64_t position = source_->position();
  PlayerInfo info;
  info.state = source_->state();
  info.underruns = source_->underruns();
  info.position_seconds = static_cast<double>(position) / rate;
  info.segment_index = plan.segment_at(position, rate);
  return info;
}

}  // namespace focus::core
