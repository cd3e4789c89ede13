// SPDX-License-Identifier: MIT
#include "player/offline_source.h"

#include <algorithm>

#include "base/error.h"

namespace focus::core::player {
namespace {

constexpr std::int64_t kBlock = 1024;

}  // namespace

OfflineSource::OfflineSource(session::SessionUse session, int sample_rate)
    : sample_rate_(sample_rate),
      mixdown_(std::move(session), session::Listeners::Kind::offline),
      block_(audio::kChannels, kBlock, sample_rate) {
  whereabouts_.set(mixdown_.plan(), 0, sample_rate_);
}

absl::StatusOr<std::int64_t> OfflineSource::pull(float* samples, std::int64_t frames) {
  if (const std::int64_t wanted = seek_to_.exchange(-1); wanted >= 0) {
    mixdown_.seek(wanted);
    position_ = mixdown_.position();
    state_ = PlayerState::playing;
  }
  std::int64_t music = 0;
  while (music < frames && state_ != PlayerState::finished && !paused_) {
    const audio::AudioView part = block_.view().subview(0, std::min(kBlock, frames - music));
    FOCUS_ASSIGN_OR_RETURN(const Mixdown::Block mixed, mixdown_.read(part));
    interleave(part.subview(0, mixed.frames), samples + music * audio::kChannels);
    music += mixed.frames;
    const bool finished = mixed.state == Mixdown::State::finished;
    state_ = finished ? PlayerState::finished : PlayerState::playing;
  }
  std::fill(samples + music * audio::kChannels, samples + frames * audio::kChannels, 0.0f);
  position_ = mixdown_.position();
  mixdown_.report(position_);
  whereabouts_.set(mixdown_.plan(), position_, sample_rate_, mixdown_.latest_index());
  return music;
}

std::int64_t OfflineSource::position() const {
  const std::int64_t wanted = seek_to_;
  return wanted >= 0 ? wanted : position_.load();
}

PlayerState OfflineSource::state() const {
  const PlayerState state = state_;
  return paused_ && state != PlayerState::finished ? PlayerState::paused : state;
}

}  // namespace focus::core::player
