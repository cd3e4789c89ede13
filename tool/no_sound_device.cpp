// SPDX-License-Identifier: MIT
// What stands in for sound_device.cpp in a build without PortAudio.
#include "failure.h"
#include "sound_device.h"

namespace cli {
namespace {

[[noreturn]] void refuse_sound() {
  throw Failure(
      kExitFailed,
      std::string("this focus-session was built without PortAudio and can not reach a "
                  "sound device; install it (Debian: portaudio19-dev) and build again, ") +
          kWithoutDevice);
}

}  // namespace

std::vector<SoundDevice> sound_devices() { refuse_sound(); }

std::unique_ptr<AudioOutput> open_sound_device(const std::string&, std::int32_t) { refuse_sound(); }

}  // namespace cli
