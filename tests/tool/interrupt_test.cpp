// SPDX-License-Identifier: MIT
#include <chrono>
#include <csignal>
#include <fcntl.h>
#include <filesystem>
#include <string>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

#include <catch2/catch.hpp>

#include "support/temp_folder.h"

namespace {

/// Starts a long rendering into `out`, sends it `signal` once it is at work, and waits for its end.
int exit_code_after(int signal, const std::string& out, const std::filesystem::path& folder) {
  const pid_t child = ::fork();
  if (child == 0) {
    const int nothing = ::open("/dev/null", O_RDWR);
    ::dup2(nothing, 1);
    ::dup2(nothing, 2);
    ::execl(FOCUS_TOOL, FOCUS_TOOL, "render", out.c_str(), "--minutes", "600", nullptr);
    ::_exit(127);
  }
  for (int i = 0; i < 500 && std::filesystem::is_empty(folder); ++i) {
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
  CHECK_FALSE(std::filesystem::is_empty(folder));  // the file that is being written
  std::this_thread::sleep_for(std::chrono::milliseconds(100));
  const auto asked = std::chrono::steady_clock::now();
  ::kill(child, signal);
  int status = 0;
  ::waitpid(child, &status, 0);
  CHECK(std::chrono::steady_clock::now() - asked < std::chrono::seconds(5));
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

}  // namespace

TEST_CASE("Ctrl-C stops at once and takes the half-written file back") {
  const focus::test::TempFolder folder;
  CHECK(exit_code_after(SIGINT, folder / "a.flac", folder.path()) == 130);
  CHECK(std::filesystem::is_empty(folder.path()));
  CHECK(exit_code_after(SIGTERM, folder / "a.flac", folder.path()) == 143);
  CHECK(std::filesystem::is_empty(folder.path()));
}
