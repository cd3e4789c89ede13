// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include "engines/engine.h"

namespace focus::core::engines {

/// The built-in engine. It composes and renders an endless piece on one thread, as a function of
/// its brief alone. Two neighbouring segments with the same palette and tempo play the same music
/// where they overlap: their notes, filters, noise and echoes are functions of the session's
/// absolute time. Rendering begins some seconds before the segment's start, so that notes and
/// reverberation that are sounding at the start are complete.
class StudioEngine final : public MusicEngine {
 public:
  StudioEngine();

  const EngineInfo& info() const override { return info_; }
  /// Returns 44100 Hz for multiples of 11025 Hz, else 48000 Hz. Other rates are resampled from
  /// these.
  int playing_rate(int session_rate) const override;
  absl::Status generate(const plan::Brief& brief, SegmentSink& sink) const override;
  absl::StatusOr<std::string> score_as_midi(const plan::Brief& brief) const override;

 private:
  EngineInfo info_;
};

}  // namespace focus::core::engines
