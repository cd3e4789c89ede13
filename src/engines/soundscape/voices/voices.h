// SPDX-License-Identifier: MIT
#pragma once

#include <memory>

#include "engines/soundscape/voice.h"

namespace focus::core::engines::soundscape {

std::unique_ptr<Voice> make_rain(plan::Scene scene, const Random& random, int rate);
std::unique_ptr<Voice> make_sea(const Random& random, int rate);
std::unique_ptr<Voice> make_stream(const Random& random, int rate);
std::unique_ptr<Voice> make_waterfall(const Random& random, int rate);
std::unique_ptr<Voice> make_wind(const Random& random, int rate);
std::unique_ptr<Voice> make_fire(const Random& random, int rate);
std::unique_ptr<Voice> make_night(const Random& random, int rate);
std::unique_ptr<Voice> make_birds(const Random& random, int rate);
std::unique_ptr<Voice> make_cafe(const Random& random, int rate);
std::unique_ptr<Voice> make_train(const Random& random, int rate);
std::unique_ptr<Voice> make_fan(const Random& random, int rate);
std::unique_ptr<Voice> make_heartbeat(const Random& random, int rate);
std::unique_ptr<Voice> make_noise(plan::Scene scene, const Random& random, int rate);
std::unique_ptr<Voice> make_beats(const plan::SceneLayer& layer, int rate);

}  // namespace focus::core::engines::soundscape
