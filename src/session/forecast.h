// SPDX-License-Identifier: MIT
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace focus::core::session {

/// How fast each engine makes finished segments, learnt from those it has made.
class SpeedMeter {
 public:
  /// `expected` (seconds of audio per second) counts until something was measured.
  double seconds_for(const std::string& engine, double audio_seconds, double expected) const;
  void record(const std::string& engine, double audio_seconds, double took_seconds);

 private:
  std::map<std::string, double> seconds_per_second_;  // of work, per second of audio
};

/// Work in the order in which free workers will take it.
struct QueuedWork {
  double seconds = 0.0;  ///< that it takes
  bool wanted = false;   ///< the piece the question is about
};

/// When the wanted piece of work will be done, in seconds from now: `busy_for` tells, worker by
/// worker, for how long each is still at what it does. Nothing when no piece is wanted.
std::optional<double> seconds_until_done(std::vector<double> busy_for,
                                         const std::vector<QueuedWork>& queue);

}  // namespace focus::core::session
