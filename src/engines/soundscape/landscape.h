// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "dsp/filters.h"
#include "engines/soundscape/noise_bed.h"
#include "engines/soundscape/voice.h"
#include "plan/scenes.h"

namespace focus::core::engines::soundscape {

/// Scenes that are heard together, as a function of (seed, absolute frame): a landscape that begins
/// at any frame plays on what one that began earlier plays.
class Landscape {
 public:
  /// Rendering begins with the block that holds `frame`. Scenes that are off are left out.
  Landscape(const plan::SceneMix& mix, std::uint64_t seed, int rate, std::int64_t frame);

  /// The first frame of the block that render() writes next.
  std::int64_t frame() const { return frame_; }
  /// Writes one block.
  void render(Stereo& out);

 private:
  struct Layer {
    std::unique_ptr<Voice> voice;
    float gain;
  };
  void render_voices(Stereo& out);

  std::int64_t frame_;
  std::vector<Layer> layers_;
  dsp::DcBlocker dc_left_, dc_right_;
};

/// The linear gain that brings a scene's voice to the common loudness, -26 LUFS over some minutes.
double loudness_gain(plan::Scene scene);

}  // namespace focus::core::engines::soundscape
