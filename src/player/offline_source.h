// SPDX-License-Identifier: MIT
#pragma once

#include <atomic>

#include "player/mixdown.h"
#include "player/source.h"

namespace focus::core::player {

/// The source of a player that renders to a file: `pull` mixes on the calling thread, and waits for
/// segments that are still being made. It allocates, locks and reads files, so that it is not for
/// an audio callback. The rest may be called from any thread.
class OfflineSource final : public Source {
 public:
  OfflineSource(session::SessionUse session, int sample_rate);

  absl::StatusOr<std::int64_t> pull(float* samples, std::int64_t frames) override;
  void set_paused(bool paused) override { paused_ = paused; }
  void seek(std::int64_t frame) override {
    seek_to_ = frame;
    mixdown_.announce(frame);
  }
  bool leaps() const override { return seek_to_ >= 0; }
  PlayerState state() const override;
  std::int64_t position() const override;
  int underruns() const override { return 0; }

 private:
  const int sample_rate_;
  Mixdown mixdown_;
  audio::AudioBuffer block_;
  std::atomic<bool> paused_{false};
  std::atomic<PlayerState> state_{PlayerState::waiting};
  std::atomic<std::int64_t> seek_to_{-1};  // asked for, and not followed by `pull` yet; -1: none
  std::atomic<std::int64_t> position_{0};
};

}  // namespace focus::core::player
