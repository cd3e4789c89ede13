// SPDX-License-Identifier: MIT
// A session that is being listened to: what is done with it, and what happens to it.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "audio_output.h"
#include "commands.h"
#include <focus_session/focus_session.hpp>

namespace cli {

class Playback {
 public:
  /// Opens another output for music of a rate, once the first is gone.
  using Reopen = std::function<std::unique_ptr<AudioOutput>(std::int32_t sample_rate)>;

  Playback(focus::Session session, std::unique_ptr<AudioOutput> output, Reopen reopen);

  /// How long a sleep timer fades.
  void set_sleep_fade(double seconds) { sleep_fade_seconds_ = seconds; }
  /// Lets the output pull.
  void begin();

  /// Does what the listener wants. @return what became of it, in a line. Throws a focus::Error
  /// where the library refuses.
  std::string act(const Action& action);

  /// Looks after everything; call it a few times a second. @return what has happened, a line each.
  std::vector<std::string> watch();

  /// Fades away within half a second.
  void stop();
  bool stopping() const { return stop_by_.has_value(); }
  /// Nothing more will be heard.
  bool over() const;
  /// The sleep timer has run out, and nobody has gone on since.
  bool asleep() const { return asleep_; }
  /// The music ended before its time: why, or "" when all is well.
  std::string shortfall() const;

  focus::PlayerInfo player() const { return player_.info(); }
  focus::Snapshot session() const { return session_.snapshot(); }
  std::string output_name() const { return output_ ? output_->name() : "no sound device"; }
  /// What the listener asked for in words; "" where it was not said here.

 private:
  using Clock = std::chrono::steady_clock;

  std::string pause(bool on);
  std::string seek(const Action& action);
  std::string set_volume(const Action& action);
  std::string set_sleep(const Action& action);
  std::string steer(const Action& action);
  std::string status() const;
  void watch_events(std::vector<std::string>& news);
  void watch_player(std::vector<std::string>& news);
  void watch_segment(std::int32_t index, std::vector<std::string>& news);
  void watch_output(std::vector<std::string>& news);
  bool stalled();

  focus::Session session_;
  focus::Player player_;
  const Reopen reopen_;
  std::string failure_;  ///< of the last segment that could not be made

  bool paused_ = false;
  bool asleep_ = false;
  double sleep_minutes_ = 0.0;  ///< of the timer that runs; 0: none
  double sleep_fade_seconds_ = 30.0;
  std::int32_t segment_ = -1;  ///< the one that was told last
  std::int32_t underruns_ = 0;
  std::int32_t story_from_ = 0;  ///< the first segment of which something new is to be told
  std::optional<Clock::time_point> stop_by_;

  double last_position_ = -1.0;
  Clock::time_point moved_at_ = Clock::now();
  Clock::time_point reopen_at_ = Clock::now();
  std::unique_ptr<AudioOutput> output_;  ///< goes first, since it pulls from the player
};

/// "D dorian, 72.4 bpm, studio, work": what is known of a segment.
std::string describe(const focus::SegmentInfo& segment);

}  // namespace cli
