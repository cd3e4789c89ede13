// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "dsp/filters.h"
#include "engines/soundscape/noise_bed.h"
#include "engines/soundscape/voice.h"
#include "plan/programme.h"

namespace focus::core::engines::soundscape {

/// Scenes that are heard together, as a function of (seed, absolute frame): a landscape that begins
/// at any frame plays on what one that began earlier plays.
class Landscape {
 public:
  /// How loud the scenes are together.
  enum class Sum {
    as_one,   ///< as loud as one scene at 0 dB, however many there are: there is room for peaks
    as_asked  ///< each scene at 0 dB is as loud as kSceneLufs
  };
  /// Rendering begins with the block that holds `frame`. A scene that is off costs nothing.
  Landscape(plan::SceneProgramme programme, std::uint64_t seed, int rate, std::int64_t frame,
            Sum sum = Sum::as_one);

  /// The first frame of the block that render() writes next.
  std::int64_t frame() const { return frame_; }
  /// Writes one block.
  void render(Stereo& out);

 private:
  /// A sound of the programme. All that is heard of it is one voice.
  struct Layer {
    plan::SceneLayer sound;
    std::unique_ptr<Voice> voice;  ///< null while nothing is heard
    float gain = 0.0f;             ///< at frame_
    float next_gain = 0.0f;        ///< a block later
  };
  void add_layers(const plan::SceneMix& mix);
  /// Sets `next_gain` to what is heard at a frame.
  void look_ahead(std::int64_t frame);
  /// Makes a voice that has played for as long as it remembers.
  std::unique_ptr<Voice> warm_voice(const plan::SceneLayer& sound) const;
  void render_voices(Stereo& out);

  plan::SceneProgramme programme_;
  Random random_;
  int rate_;
  Sum sum_;
  std::int64_t frame_;
  std::vector<Layer> layers_;
  plan::SceneBlend blend_;  ///< that `next_gain` is from
  dsp::DcBlocker dc_left_, dc_right_;
};

/// The rate at which a session of `session_rate` has its scenes made: 44100 Hz for multiples of
/// 11025 Hz, else 48000 Hz.
int scenery_rate(int session_rate);

/// Lets the session's first seconds rise from silence. The block begins at `frame`.
void open_session(std::int64_t frame, int rate, Stereo& block);

/// The loudness of a scene at 0 dB, over some minutes.
inline constexpr double kSceneLufs = -26.0;

/// The linear gain that brings a scene's voice to kSceneLufs.
double loudness_gain(plan::Scene scene);

}  // namespace focus::core::engines::soundscape
