// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cmath>
#include <functional>
#include <string>
#include <thread>

#include "base/cancel.h"
#include "engines/engine.h"
#include "support/signals.h"

namespace focus::test {

/// A music engine for tests: cheap, pure, and made to misbehave by `before`.
class ToneEngine final : public core::engines::MusicEngine {
 public:
  /// Called at the start of every segment; an error it returns is the engine's failure.
  std::function<absl::Status(const core::plan::Brief&, core::engines::SegmentSink&)> before =
      [](const core::plan::Brief&, core::engines::SegmentSink&) { return absl::OkStatus(); };
  double delivered_part = 1.0;  ///< of the frames that were asked for
  int own_rate = 0;             ///< 0: plays at any rate

  explicit ToneEngine(const std::string& key = "tone") {
    info_.key = key;
    info_.display_name = "Tone";
    info_.version = "1";
    info_.expected_speed = 1000.0;
    info_.max_duration_seconds = 1200;
  }

  const core::engines::EngineInfo& info() const override { return info_; }
  core::engines::EngineInfo& edit_info() { return info_; }
  int playing_rate(int session_rate) const override {
    return own_rate == 0 ? session_rate : own_rate;
  }

  /// Two soft partials that swell, a function of the brief and of absolute time. Their pitch goes
  /// with the rate: a click stands out as far from the steps between samples at every rate.
  absl::Status generate(const core::plan::Brief& brief,
                        core::engines::SegmentSink& sink) const override {
    if (absl::Status status = before(brief, sink); !status.ok()) return status;
    const auto wanted =
        static_cast<std::int64_t>(delivered_part * static_cast<double>(brief.frames));
    constexpr std::int64_t kBlock = 4800;
    core::audio::AudioBuffer block(2, kBlock, brief.sample_rate);
    const double pitch =
        brief.sample_rate * 220.0 / 48000.0 * (1 + brief.key.tonic / 12.0 + brief.index * 0.01);
    for (std::int64_t at = 0; at < wanted; at += kBlock) {
      if (sink.cancelled()) return core::cancelled_error();
      const std::int64_t count = std::min(kBlock, wanted - at);
      const double t = brief.start_seconds + static_cast<double>(at) / brief.sample_rate;
      const auto sine_of = [&](double radians) {  // a second
        return TurningSine(radians * t, radians / brief.sample_rate);
      };
      TurningSine swell = sine_of(0.7);
      TurningSine low = sine_of(2 * M_PI * pitch);
      TurningSine high = sine_of(2 * M_PI * pitch * 1.5);
      float* const left = block.samples(0).data();
      float* const right = block.samples(1).data();
      for (std::int64_t i = 0; i < count; ++i) {
        const double level = 0.2 * (0.8 + 0.2 * swell.next());
        left[i] = static_cast<float>(level * low.next());
        right[i] = static_cast<float>(level * high.next());
      }
      const core::audio::AudioBuffer& ready = block;
      sink.write(ready.view().subview(0, count));
    }
    return absl::OkStatus();
  }

 private:
  core::engines::EngineInfo info_;
};

}  // namespace focus::test
