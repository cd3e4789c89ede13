// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <string>

namespace cli {

/// Tells on stderr how far a rendering has come: a bar that is redrawn on a terminal, a line now
/// and then elsewhere (a log file, a pipe), nothing at all when quiet.
class Progress {
 public:
  Progress(double total_seconds, int total_segments, bool quiet);
  /// Takes the bar away.
  ~Progress();
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;

  /// Call it as often as you like: it draws only what can be seen to change.
  void show(double done_seconds, int ready_segments);

  /// The same where only a share of the work, 0 to 1, is known.
  void show_share(double share);

  /// What follows the music: `what` names it, `share` says how far it is, and below 0 that nobody
  /// knows.
  void show_phase(const std::string& what, double share);

  /// Seconds since the beginning.
  double elapsed() const;

 private:
  std::string figures(double done_seconds) const;
  void draw_bar(double done_seconds, int ready_segments);
  void draw(double share, const std::string& words);
  void write_line(double done_seconds);

  const std::chrono::steady_clock::time_point began_;
  const double total_seconds_;
  const int total_segments_;
  const bool quiet_;
  const bool terminal_;
  double next_line_ = 10.0;
  std::string drawn_;
  std::string phase_;
  double phase_began_ = 0.0;
};

}  // namespace cli
