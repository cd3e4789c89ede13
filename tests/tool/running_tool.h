// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <csignal>
#include <cstdlib>
#include <iostream>
#include <poll.h>
#include <pty.h>
#include <string>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>
#include <utmp.h>
#include <vector>

namespace focus::test {

/// The tool at work, with somebody at its input who waits for what it says.
class RunningTool {
 public:
  enum class On { pipes, terminal };

  RunningTool(On on, std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), FOCUS_TOOL);
    std::vector<char*> argv;
    for (std::string& argument : arguments) argv.push_back(argument.data());
    argv.push_back(nullptr);
    on == On::terminal ? start_on_terminal(argv) : start_on_pipes(argv);
  }
  ~RunningTool() {
    if (child_ > 0) {
      ::kill(child_, SIGKILL);
      ::waitpid(child_, nullptr, 0);
    }
    close_input();
    ::close(out_);
  }
  RunningTool(const RunningTool&) = delete;
  RunningTool& operator=(const RunningTool&) = delete;

  /// Waits for `words`, after the last ones that were waited for.
  bool says(const std::string& words) {
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(20);
    std::size_t found = said_.find(words, heard_);
    while (found == std::string::npos) {
      if (std::chrono::steady_clock::now() > deadline || !read_some()) {
        std::cerr << "The tool did not say \"" << words << "\", but:\n" << said_ << std::endl;
        return false;
      }
      found = said_.find(words, heard_);
    }
    heard_ = found + words.size();
    return true;
  }
  /// Waits for `words`, and returns what follows them on their line.
  std::string told_after(const std::string& words) {
    if (!says(words)) return {};
    const std::size_t begin = heard_;
    if (!says("\n")) return {};
    return said_.substr(begin, heard_ - begin - 1);
  }
  /// Everything it has said until now.
  const std::string& said() const { return said_; }
  void type(const std::string& text) {
    if (::write(in_, text.data(), text.size()) < 0) std::abort();
  }
  void close_input() {
    if (in_ >= 0 && in_ != out_) ::close(in_);
    in_ = -1;
  }
  void send(int signal) { ::kill(child_, signal); }

  /// Waits for its end.
  int exit_code() {
    while (read_some()) {
    }
    int status = 0;
    ::waitpid(child_, &status, 0);
    child_ = -1;
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  }

  /// How the terminal is set now.
  termios settings() const {
    termios now{};
    ::tcgetattr(keeper_, &now);
    return now;
  }

 private:
  void start_on_terminal(std::vector<char*>& argv) {
    winsize size{};
    size.ws_col = 100;
    size.ws_row = 30;
    int slave = -1;
    if (::openpty(&out_, &slave, nullptr, nullptr, &size) != 0) std::abort();
    child_ = ::fork();
    if (child_ == 0) {
      ::login_tty(slave);
      ::setenv("LC_ALL", "C", 1);  // one look of the screen, wherever it is tested
      run(argv);
    }
    keeper_ = slave;  // so that the terminal is there, as in a shell, when the tool has gone
    in_ = out_;
  }

  void start_on_pipes(std::vector<char*>& argv) {
    int input[2];
    int output[2];
    if (::pipe(input) != 0 || ::pipe(output) != 0) std::abort();
    child_ = ::fork();
    if (child_ == 0) {
      ::dup2(input[0], 0);
      ::dup2(output[1], 1);
      ::dup2(output[1], 2);
      for (const int end : {input[0], input[1], output[0], output[1]}) ::close(end);
      run(argv);
    }
    ::close(input[0]);
    ::close(output[1]);
    in_ = input[1];
    out_ = output[0];
  }

  [[noreturn]] static void run(std::vector<char*>& argv) {
    ::execv(argv[0], argv.data());
    ::_exit(127);
  }

  /// False once there is nothing more to come.
  bool read_some() {
    pollfd ready{out_, POLLIN, 0};
    if (::poll(&ready, 1, 100) <= 0) return keeper_ < 0 || alive();
    char block[4096];
    const ssize_t count = ::read(out_, block, sizeof block);
    if (count <= 0) return false;
    said_.append(block, static_cast<std::size_t>(count));
    return true;
  }

  /// Whether the child runs; it is not taken away.
  bool alive() const {
    siginfo_t info{};
    ::waitid(P_PID, static_cast<id_t>(child_), &info, WEXITED | WNOHANG | WNOWAIT);
    return info.si_pid == 0;
  }

  pid_t child_ = -1;
  int in_ = -1;
  int out_ = -1;
  int keeper_ = -1;
  std::string said_;
  std::size_t heard_ = 0;
};

}  // namespace focus::test
