// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "audio_output.h"

namespace cli {

struct SoundDevice {
  int number = 0;
  std::string name;
  std::string host;  ///< the system it is reached by, such as ALSA
  std::int32_t channel_count = 0;
  double sample_rate = 0.0;  ///< its own
  bool is_default = false;
};

/// The devices that can be played on. Throws a Failure in a build without sound.
std::vector<SoundDevice> sound_devices();

/// See `open_output`.
std::unique_ptr<AudioOutput> open_sound_device(const std::string& device, std::int32_t sample_rate);

}  // namespace cli
