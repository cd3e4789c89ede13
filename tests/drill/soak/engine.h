// SPDX-License-Identifier: MIT
#pragma once

#include <cmath>
#include <cstdint>

#include "engines/engine.h"

namespace focus::drill {

/// Plays two low tones without a break, quickly: what is heard of it can be judged sample by sample
/// (see Ear).
class SoakEngine final : public core::engines::MusicEngine {
 public:
  static constexpr const char* kKey = "soak";

  explicit SoakEngine(const char* key = kKey) {
    info_.key = key;
    info_.display_name = "Low tones";
    info_.version = "1";
    info_.expected_speed = 1000.0;
    info_.max_duration_seconds = 1200;
  }
  const core::engines::EngineInfo& info() const override { return info_; }
  absl::Status generate(const core::plan::Brief& brief,
                        core::engines::SegmentSink& sink) const override {
    constexpr std::int64_t kBlock = 4096;
    core::audio::AudioBuffer block(2, kBlock, brief.sample_rate);
    const core::audio::AudioBuffer& ready = block;
    const double low = 80.0 + 5.0 * (brief.index % 7) + 2.0 * brief.key.tonic;
    Tone tones[2] = {Tone(low, brief.sample_rate), Tone(1.25 * low, brief.sample_rate)};
    for (std::int64_t at = 0; at < brief.frames; at += kBlock) {
      if (sink.cancelled()) return core::cancelled_error();
      const std::int64_t count = std::min(kBlock, brief.frames - at);
      for (int c = 0; c < 2; ++c) {
        for (std::int64_t i = 0; i < count; ++i) {
          block.samples(c)[static_cast<std::size_t>(i)] = static_cast<float>(0.2 * tones[c].next());
        }
      }
      sink.write(ready.view().subview(0, count));
    }
    return absl::OkStatus();
  }

 private:
  class Tone {
   public:
    Tone(double hertz, int rate) : twice_cosine_(2.0 * std::cos(2.0 * M_PI * hertz / rate)) {
      last_ = std::sin(2.0 * M_PI * hertz / rate);
    }
    double next() {
      const double sample = twice_cosine_ * last_ - before_;
      before_ = last_;
      last_ = sample;
      return sample;
    }

   private:
    double twice_cosine_;
    double last_ = 0.0;
    double before_ = 0.0;
  };

  core::engines::EngineInfo info_;
};

}  // namespace focus::drill
