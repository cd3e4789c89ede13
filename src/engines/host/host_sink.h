// SPDX-License-Identifier: MIT
#pragma once

#include <atomic>
#include <cstdint>
#include <string>
#include <string_view>

#include <absl/status/status.h>

#include "audio/buffer.h"

namespace focus::core::engines {

/// Receives the audio of one call of a HostGenerator. It keeps all of it in memory until the call
/// has succeeded, so that a failed try leaves nothing behind and an abandoned call writes to
/// nothing else.
///
/// The generator's thread (one at a time) writes. The worker may call stop() and progress() at any
/// time, and everything else only once the call has returned.
class HostSink {
 public:
  HostSink(std::int64_t frames, int sample_rate) : audio_(audio::kChannels, frames, sample_rate) {}

  // ---- called by the generator

  /// Appends frames of one or two channels. Frames beyond the brief's length are dropped. Returns
  /// the cancelled error if the work is no longer wanted, and Fault::argument if a sample is not
  /// finite; the call has then failed, whatever it returns.
  absl::Status write_planar(const float* const* channels, std::int64_t frames, int channel_count);
  absl::Status write_interleaved(const float* samples, std::int64_t frames, int channel_count);
  /// Reports progress, 0 to 1. Frames that are written count without it.
  absl::Status report_progress(double fraction);
  /// Returns the cancelled error if the work is no longer wanted.
  absl::Status check() const;
  /// Gives the reason why the call is about to fail, as one line.
  void explain(std::string_view message);

  // ---- called by the worker

  void stop() { stopped_.store(true, std::memory_order_relaxed); }
  double progress() const { return progress_.load(std::memory_order_relaxed); }
  std::int64_t written() const { return written_; }
  const audio::AudioBuffer& audio() const { return audio_; }
  bool is_full() const { return written_ == audio_.frames() && refused_.ok(); }
  const std::string& explanation() const { return explanation_; }
  /// The reason why a block was refused; ok if none was.
  const absl::Status& refused() const { return refused_; }

 private:
  struct Block {
    const float* channels[audio::kChannels];
    std::int64_t step;  // distance between two samples of a channel
    std::int64_t frames;
  };
  absl::Status write(const Block& block);

  audio::AudioBuffer audio_;
  std::int64_t written_ = 0;
  std::string explanation_;
  absl::Status refused_;
  std::atomic<bool> stopped_{false};
  std::atomic<double> progress_{0.0};
};

}  // namespace focus::core::engines
