// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include "engines/engine.h"

namespace focus::core {

/// The built-in engine: composes and plays a piece that has no end, on one thread, from nothing but
/// its brief. Neighbouring segments with the same palette and tempo play the same music where they
/// overlap: their notes, filters, noise and echoes are functions of the session's absolute time,
/// and each begins some seconds early so that what already sounds at its start is there.
class StudioEngine final : public MusicEngine {
 public:
  StudioEngine();

  const EngineInfo& info() const override { return info_; }
  /// 44.1 and 48 kHz as they are; their multiples from them; all else from 48 kHz.
  int playing_rate(int session_rate) const override;
  absl::Status generate(const Brief& brief, SegmentSink& sink) const override;
  absl::StatusOr<std::string> score_as_midi(const Brief& brief) const override;

 private:
  EngineInfo info_;
};

}  // namespace focus::core
