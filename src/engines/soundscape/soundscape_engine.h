// SPDX-License-Identifier: MIT
#pragma once

#include "engines/engine.h"
#include "plan/scenes.h"

namespace focus::core::engines {

/// The built-in engine of natural sounds, noises and beats. All is synthesised as a function of the
/// session's seed and absolute time: segments continue each other, in any order of work, and
/// nothing repeats. Key, tempo and form of the brief play no part.
class SoundscapeEngine final : public MusicEngine {
 public:
  SoundscapeEngine();

  const EngineInfo& info() const override { return info_; }
  /// Returns 44100 Hz for multiples of 11025 Hz, else 48000 Hz, as the studio does.
  int playing_rate(int session_rate) const override;
  bool plays_scenes() const override { return true; }
  absl::Status generate(const plan::Brief& brief, SegmentSink& sink) const override;

 private:
  EngineInfo info_;
};

}  // namespace focus::core::engines
