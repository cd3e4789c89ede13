// SPDX-License-Identifier: MIT
#include "front_end.h"

#include <chrono>
#include <iostream>
#include <optional>
#include <thread>
#include <unistd.h>

#include "keys.h"
#include "screen.h"
#include "terminal.h"
#include "text.h"

namespace cli {
namespace {

using std::chrono::milliseconds;

constexpr milliseconds kLook(50);     // from one look at the input to the next
constexpr milliseconds kRedraw(250);  // from one drawing to the next
constexpr std::size_t kLongestLine = 4096;

class ScreenFrontEnd final : public FrontEnd {
 public:
  std::vector<std::string> commands() override {
    const std::size_t before = bytes_.size();
    attended_ = read_input(bytes_, kLook);
    std::vector<std::string> commands;
    for (const Key& key : take_keys(bytes_, bytes_.size() == before)) {
      redraw_ = true;
      std::string command = typing_ ? type(key) : press(key);
      if (!command.empty()) commands.push_back(std::move(command));
    }
    if (!attended_) commands.emplace_back("stop");  // the terminal is gone
    return commands;
  }

  void tell(double at_seconds, const std::string& news) override {
    message_ = clock(at_seconds) + "  " + news;
    redraw_ = true;
  }

  void show(const Playback& playback) override {
    const auto now = std::chrono::steady_clock::now();
    if (!redraw_ && now < next_) return;
    redraw_ = false;
    next_ = now + kRedraw;
    const focus::Snapshot snapshot = playback.session();
    ScreenState state;
    state.session = snapshot.info();
    state.segments = snapshot.segments();
    state.player = playback.player();
    state.output = playback.output_name();
    state.message = message_;
    if (typing_) state.typing = typing_->text();
    state.all_keys = all_keys_;
    terminal_.draw(draw_screen(state, terminal_.width(), unicode_));
  }

  bool attended() const override { return attended_; }

 private:
  std::string press(const Key& key) {
    if (key.letter == "p") typing_.emplace();
    if (key.letter == "?") all_keys_ = !all_keys_;
    return command_of(key);
  }

  std::string type(const Key& key) {
    const LineEditor::Outcome outcome = typing_->type(key);
    if (outcome == LineEditor::Outcome::typing) return {};
    const std::string text = typing_->text();
    typing_.reset();
    return outcome == LineEditor::Outcome::entered && !text.empty() ? "prompt " + text : "";
  }

  Terminal terminal_;
  const bool unicode_ = terminal_is_unicode();
  std::string bytes_;
  std::string message_;
  std::optional<LineEditor> typing_;
  bool all_keys_ = false;
  bool attended_ = true;
  bool redraw_ = true;
  std::chrono::steady_clock::time_point next_{};
};

class LogFrontEnd final : public FrontEnd {
 public:
  std::vector<std::string> commands() override {
    if (!attended_) {
      std::this_thread::sleep_for(kLook);
      return {};
    }
    attended_ = read_input(bytes_, kLook);
    if (!attended_ && !bytes_.empty()) bytes_ += '\n';  // a last line without its end
    std::vector<std::string> lines;
    for (std::size_t end = 0; (end = bytes_.find('\n')) != std::string::npos;) {
      std::string line = bytes_.substr(0, end);
      bytes_.erase(0, end + 1);
      if (line.find_first_not_of(" \t\r") != std::string::npos) lines.push_back(std::move(line));
    }
    if (bytes_.size() > kLongestLine) bytes_.clear();  // no command is that long
    return lines;
  }

  void tell(double at_seconds, const std::string& news) override {
    std::cout << clock(at_seconds) << ' ' << plain(news) << std::endl;
  }

  void show(const Playback&) override {}
  bool attended() const override { return attended_; }

 private:
  std::string bytes_;
  // A terminal that is only the input may belong to another program by now.
  bool attended_ = isatty(STDIN_FILENO) == 0;
};

}  // namespace

std::unique_ptr<FrontEnd> make_screen() { return std::make_unique<ScreenFrontEnd>(); }
std::unique_ptr<FrontEnd> make_log() { return std::make_unique<LogFrontEnd>(); }

}  // namespace cli
