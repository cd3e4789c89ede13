// SPDX-License-Identifier: MIT
#include "progress.h"

#include <algorithm>
#include <cmath>
#include <iostream>

#include "text.h"

#if defined(_WIN32)
#include <io.h>
#else
#include <unistd.h>
#endif

namespace cli {
namespace {

constexpr double kSecondsBetweenLines = 10.0;
constexpr int kBarWidth = 24;
constexpr const char* kClearLine = "\r\033[K";

bool stderr_is_terminal() {
#if defined(_WIN32)
  return _isatty(2) != 0;
#else
  return isatty(STDERR_FILENO) != 0;
#endif
}

}  // namespace

Progress::Progress(double total_seconds, int total_segments, bool quiet)
    : began_(std::chrono::steady_clock::now()),
      total_seconds_(total_seconds),
      total_segments_(total_segments),
      quiet_(quiet),
      terminal_(stderr_is_terminal()) {}

Progress::~Progress() {
  if (!drawn_.empty()) std::cerr << kClearLine << std::flush;
}

double Progress::elapsed() const {
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - began_).count();
}

void Progress::show(double done_seconds, int ready_segments) {
  if (quiet_) return;
  if (terminal_) {
    draw_bar(done_seconds, ready_segments);
  } else if (elapsed() >= next_line_) {
    write_line(done_seconds);
    next_line_ += kSecondsBetweenLines;
  }
}

void Progress::show_share(double share) {
  if (quiet_) return;
  std::string words = right(std::to_string(static_cast<int>(100.0 * share)), 3) + " %";
  if (share > 0.0 && elapsed() > 0.5)
    words += "  " + clock(elapsed() / share - elapsed()) + " left";
  if (terminal_) {
    draw(share, words);
  } else if (elapsed() >= next_line_) {
    std::cerr << "focus-session: " << words << std::endl;
    next_line_ += kSecondsBetweenLines;
  }
}

void Progress::show_phase(const std::string& what, double share) {
  if (quiet_) return;
  if (phase_ != what) {
    phase_ = what;
    phase_began_ = elapsed();
  }
  const double lasts = elapsed() - phase_began_;
  std::string words =
      share < 0.0 ? what + "  " + clock(lasts)
                  : right(std::to_string(static_cast<int>(100.0 * share)), 3) + " %  " + what;
  if (share > 0.0 && lasts > 0.5) words += "  " + clock(lasts / share - lasts) + " left";
  if (terminal_) {
    draw(std::max(share, 0.0), words);
  } else if (elapsed() >= next_line_) {
    std::cerr << "focus-session: " << words << std::endl;
    next_line_ = elapsed() + kSecondsBetweenLines;
  }
}

std::string Progress::figures(double done_seconds) const {
  const int percent = static_cast<int>(100.0 * done_seconds / total_seconds_);
  std::string text = right(std::to_string(percent), 3) + " %  " + clock(done_seconds) + " of " +
                     clock(total_seconds_);
  if (done_seconds > 0.0 && elapsed() > 0.5) {
    const double speed = done_seconds / elapsed();
    text += "  " + decimal(speed, speed < 10.0 ? 1 : 0) + "x real time  " +
            clock((total_seconds_ - done_seconds) / speed) + " left";
  }
  return text;
}

void Progress::draw_bar(double done_seconds, int ready_segments) {
  std::string words = figures(done_seconds);
  // Before the first sound there is nothing else to see grow.
  if (done_seconds <= 0.0) {
    words += "  composing, " + std::to_string(ready_segments) + " of " +
             std::to_string(total_segments_) + " segments ready";
  }
  draw(done_seconds / total_seconds_, words);
}

void Progress::draw(double share, const std::string& words) {
  const auto filled =
      static_cast<std::size_t>(std::clamp(std::lround(kBarWidth * share), 0L, long{kBarWidth}));
  const std::string line =
      "[" + std::string(filled, '#') + std::string(kBarWidth - filled, '.') + "] " + words;
  if (line == drawn_) return;
  std::cerr << kClearLine << line << std::flush;
  drawn_ = line;
}

void Progress::write_line(double done_seconds) {
  std::cerr << "focus-session: " << figures(done_seconds) << std::endl;
}

}  // namespace cli
