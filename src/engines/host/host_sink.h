// SPDX-License-Identifier: MIT
#pragma once

#include <atomic>
#include <cstdint>
#include <string>
#include <string_view>

#include <absl/status/status.h>

#include "audio/buffer.h"

namespace focus::core {

/// Where one call of a HostPlayer puts its audio. It holds all of it, so that a try that fails
/// leaves nothing behind, and a call that nobody waits for any more touches nothing else.
///
/// The player's thread (one at a time) writes; the worker may stop it and read its progress at any
/// time, and all the rest once the call has returned.
class HostSink {
 public:
  HostSink(std::int64_t frames, int sample_rate) : audio_(kChannels, frames, sample_rate) {}

  // ---- for the player

  /// Takes the next frames of one or two channels. Frames beyond the brief's are dropped. The
  /// cancelled error when the work is wanted no more; Fault::argument where a sample is not
  /// finite, after which the call has failed whatever it returns.
  absl::Status write_planar(const float* const* channels, std::int64_t frames, int channel_count);
  absl::Status write_interleaved(const float* samples, std::int64_t frames, int channel_count);
  /// How far the work is, 0 to 1. What is written counts by itself.
  absl::Status report_progress(double fraction);
  /// Whether the work is still wanted.
  absl::Status check() const;
  /// Why the call is about to fail, in one line.
  void explain(std::string_view message);

  // ---- for the worker

  void stop() { stopped_.store(true, std::memory_order_relaxed); }
  double progress() const { return progress_.load(std::memory_order_relaxed); }
  std::int64_t written() const { return written_; }
  const AudioBuffer& audio() const { return audio_; }
  bool is_full() const { return written_ == audio_.frames() && refused_.ok(); }
  const std::string& explanation() const { return explanation_; }
  /// Why a block was not taken; ok where all were.
  const absl::Status& refused() const { return refused_; }

 private:
  struct Block {
    const float* channels[kChannels];
    std::int64_t step;  // from one sample of a channel to the next
    std::int64_t frames;
  };
  absl::Status write(const Block& block);

  AudioBuffer audio_;
  std::int64_t written_ = 0;
  std::string explanation_;
  absl::Status refused_;
  std::atomic<bool> stopped_{false};
  std::atomic<double> progress_{0.0};
};

}  // namespace focus::core
