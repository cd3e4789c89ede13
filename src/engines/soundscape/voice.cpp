// SPDX-License-Identifier: MIT
#include "engines/soundscape/voice.h"

#include "engines/soundscape/voices/voices.h"

namespace focus::core::engines::soundscape {

std::unique_ptr<Voice> make_voice(const plan::SceneLayer& layer, const Random& random, int rate) {
  using enum plan::Scene;
  switch (layer.scene) {
    case rain:
    case rain_window:
    case rain_forest:
    case rain_tent:
    case storm:
      return make_rain(layer.scene, random, rate);
    case sea:
      return make_sea(random, rate);
    case stream:
      return make_stream(random, rate);
    case waterfall:
      return make_waterfall(random, rate);
    case wind:
      return make_wind(random, rate);
    case fire:
      return make_fire(random, rate);
    case night:
      return make_night(random, rate);
    case birds:
      return make_birds(random, rate);
    case cafe:
      return make_cafe(random, rate);
    case train:
      return make_train(random, rate);
    case fan:
      return make_fan(random, rate);
    case heartbeat:
      return make_heartbeat(random, rate);
    case binaural:
    case isochronic:
      return make_beats(layer, rate);
    case white:
    case pink:
    case brown:
    case blue:
    case violet:
    case grey:
      break;
  }
  return make_noise(layer.scene, random, rate);
}

}  // namespace focus::core::engines::soundscape
