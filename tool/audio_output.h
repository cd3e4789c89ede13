// SPDX-License-Identifier: MIT
// Where the music goes: a sound device, or nowhere at the pace of the clock.
#pragma once

#include <cstdint>
#include <memory>
#include <ostream>
#include <string>

#include <focus_session/focus_session.hpp>

namespace cli {

/// Pulls from a player, on a thread of its own that calls nothing but `player.render`.
class AudioOutput {
 public:
  virtual ~AudioOutput() = default;  ///< stops; no render is under way any more
  AudioOutput() = default;
  AudioOutput(const AudioOutput&) = delete;
  AudioOutput& operator=(const AudioOutput&) = delete;

  virtual std::string name() const = 0;
  virtual std::int32_t sample_rate() const = 0;
  virtual std::int32_t channel_count() const = 0;

  /// Begins to pull. The player has the rate and the channels above, and outlives this output.
  virtual void start(focus::Player& player) = 0;
  /// False once the device has stopped by itself, because it is gone or is another now.
  virtual bool running() const = 0;
};

/// How to get along without a sound device; an end of several messages.
inline constexpr const char* kWithoutDevice =
    "use --device none to play without sound, or `focus-session render` for a file";

/// Opens an output. Throws a Failure that names the remedy.
/// @param device "" for the default device, a part of a device's name, its number in the list, or
///        "none".
/// @param sample_rate what the music has; a device that can not do it gets its own.
/// @param speed of the clock, for "none".
std::unique_ptr<AudioOutput> open_output(const std::string& device, std::int32_t sample_rate,
                                         double speed = 1.0);

/// Writes what `open_output` can open, a line each.
void list_devices(std::ostream& out);

}  // namespace cli
