// SPDX-License-Identifier: MIT
#include "terminal.h"

#include <array>
#include <cerrno>
#include <cstdlib>
#include <iostream>
#include <poll.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

namespace cli {
namespace {

constexpr const char* kHideCursor = "\033[?25l";
constexpr const char* kShowCursor = "\033[?25h";
constexpr const char* kNoWrap = "\033[?7l";
constexpr const char* kWrap = "\033[?7h";
constexpr const char* kClearBelow = "\033[J";
constexpr const char* kClearLine = "\033[K";
constexpr const char* kBold = "\033[1m";
constexpr const char* kPlain = "\033[m";

winsize size_now() {
  winsize size{};
  if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0 || size.ws_col == 0) size.ws_col = 80;
  if (size.ws_row == 0) size.ws_row = 24;
  return size;
}

std::string up(std::size_t lines) {
  return lines == 0 ? "\r" : "\r\033[" + std::to_string(lines) + "A";
}

}  // namespace

struct Terminal::Saved {
  termios settings{};
};

bool on_terminal() { return isatty(STDIN_FILENO) != 0 && isatty(STDOUT_FILENO) != 0; }

bool terminal_is_unicode() {
  // As the C library looks for the character set: the first that is set decides.
  for (const char* name : {"LC_ALL", "LC_CTYPE", "LANG"}) {
    const char* value = std::getenv(name);
    if (value == nullptr || *value == '\0') continue;
    const std::string text = value;
    for (const char* spelling : {"UTF-8", "utf-8", "UTF8", "utf8"}) {
      if (text.find(spelling) != std::string::npos) return true;
    }
    return false;
  }
  return false;
}

bool read_input(std::string& bytes, std::chrono::milliseconds timeout) {
  pollfd input{STDIN_FILENO, POLLIN, 0};
  if (poll(&input, 1, static_cast<int>(timeout.count())) <= 0) return true;
  std::array<char, 4096> block;
  const ssize_t count = read(STDIN_FILENO, block.data(), block.size());
  if (count < 0) return errno == EINTR || errno == EAGAIN;
  bytes.append(block.data(), static_cast<std::size_t>(count));
  return count > 0;
}

Terminal::Terminal() : saved_(std::make_unique<Saved>()) {
  tcgetattr(STDIN_FILENO, &saved_->settings);
  termios raw = saved_->settings;
  raw.c_lflag &= ~static_cast<tcflag_t>(ICANON | ECHO);
  raw.c_cc[VMIN] = 1;
  raw.c_cc[VTIME] = 0;
  // Ctrl-C stays what it is; a player that is put to sleep with half a screen helps nobody.
  raw.c_cc[VSUSP] = _POSIX_VDISABLE;
  raw.c_cc[VQUIT] = _POSIX_VDISABLE;
  tcsetattr(STDIN_FILENO, TCSADRAIN, &raw);
  std::cout << kHideCursor << std::flush;
}

Terminal::~Terminal() {
  if (!drawn_.empty()) std::cout << '\n';
  std::cout << kWrap << kShowCursor << std::flush;
  tcsetattr(STDIN_FILENO, TCSADRAIN, &saved_->settings);
}

std::size_t Terminal::width() const { return size_now().ws_col; }

void Terminal::draw(const std::vector<std::string>& lines) {
  const winsize size = size_now();
  std::vector<std::string> shown(
      lines.begin(), lines.begin() + std::min<std::ptrdiff_t>(
                                         static_cast<std::ptrdiff_t>(lines.size()), size.ws_row));
  if (shown == drawn_ && drawn_width_ == size.ws_col) return;
  std::string text = drawn_.empty() ? std::string() : up(drawn_.size() - 1);
  if (shown.size() < drawn_.size() || drawn_width_ != size.ws_col) text += kClearBelow;
  text += kNoWrap;
  for (std::size_t k = 0; k < shown.size(); ++k) {
    if (k > 0) text += "\r\n";
    // Cleared before it is written: behind a full line, the cursor stands on its last letter.
    text += kClearLine + (k == 0 ? kBold + shown[k] + kPlain : shown[k]);
  }
  std::cout << text << kWrap << std::flush;
  drawn_ = std::move(shown);
  drawn_width_ = size.ws_col;
}

}  // namespace cli
