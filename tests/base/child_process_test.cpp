// SPDX-License-Identifier: MIT
#include "base/child_process.h"

#include <atomic>
#include <chrono>
#include <csignal>
#include <fcntl.h>
#include <filesystem>
#include <fstream>
#include <string>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>
#include <vector>

#include <catch2/catch.hpp>

#include "base/life_line.h"
#include "base/temporary_folder.h"
#include "support/child.h"

using namespace focus::core;

namespace {

CommandEnd run(const std::string& command, const CommandWatch& watch = {}) {
  const auto end = run_command(command, watch);
  REQUIRE(end.ok());
  return *end;
}

/// Whether a process of that number runs no more; a zombie only waits for its new parent.
bool gone_soon(const std::string& process) {
  for (int i = 0; i < 400; ++i) {
    std::string text;
    std::getline(std::ifstream("/proc/" + process + "/stat"), text);
    if (text.empty() || text.find(") Z ") != std::string::npos) return true;
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  }
  return false;
}

/// Cancels once the command has said a line, which is kept.
struct CancelAtFirstLine {
  std::string line;
  CommandWatch watch{[this] { return !line.empty(); },
                     [this](std::string_view said) { line = said; }};
};

}  // namespace

TEST_CASE("a command's lines arrive as it says them, the last one without its end too") {
  std::vector<std::string> lines;
  CommandWatch watch;
  watch.line = [&](std::string_view line) { lines.emplace_back(line); };
  const CommandEnd end = run("printf 'one\\r\\n\\ntwo words\\nthree'; echo why >&2", watch);
  CHECK(end.ok());
  CHECK(lines == std::vector<std::string>{"one", "", "two words", "three"});
  CHECK(end.last_error == "why");
}

TEST_CASE("a command that fails tells its status and the last line of its error") {
  const CommandEnd end = run("echo first >&2; printf 'the reason\\n  \\n' >&2; exit 3");
  CHECK_FALSE(end.ok());
  CHECK(end.exit_status == 3);
  CHECK(end.last_error == "the reason");
  CHECK(describe_exit(end.exit_status) == "status 3");
  CHECK(run("exec false").exit_status == 1);
  CHECK(run("no-such-program-anywhere").exit_status == 127);
  CHECK(run("if then").exit_status == 2);
  CHECK(describe_exit(run("kill -SEGV $$; sleep 1000").exit_status) == "signal 11 (SIGSEGV)");
  CHECK(describe_exit(run("sh -c 'kill -SEGV $$'").exit_status) == "signal 11 (SIGSEGV)");
}

TEST_CASE("a command may say more than a pipe holds, on both streams, without a deadlock") {
  std::size_t bytes = 0;
  CommandWatch watch;
  watch.line = [&](std::string_view line) { bytes += line.size() + 1; };
  const CommandEnd end =
      run("i=0; while [ $i -lt 3000 ]; do echo 0123456789012345678901234567890123456789012345678;"
          " echo 0123456789012345678901234567890123456789012345678 >&2; i=$((i+1)); done",
          watch);
  CHECK(end.ok());
  CHECK(bytes == 150'000);
}

TEST_CASE("a line without end needs no memory without end") {
  std::size_t longest = 0;
  CommandWatch watch;
  watch.line = [&](std::string_view line) { longest = std::max(longest, line.size()); };
  CHECK(run("head -c 1000000 /dev/zero | tr '\\0' x", watch).ok());
  CHECK(longest == 4096);
}

TEST_CASE("a command has no input, and none of this process's files") {
  TemporaryFolder folder = *TemporaryFolder::create("focus-test-");
  const int file = ::open((folder.path() + "/mine").c_str(), O_CREAT | O_RDWR, 0600);
  const int open = ::fcntl(file, F_DUPFD, 20);
  ::close(file);
  REQUIRE(open >= 20);
  CHECK(run("cat").ok());
  CHECK(run("! test -e /proc/self/fd/" + std::to_string(open)).ok());
  ::close(open);
}

TEST_CASE("a command has default signals, whatever its host has done with them") {
  struct sigaction before = {}, ignore = {};
  ignore.sa_handler = SIG_IGN;
  ::sigaction(SIGPIPE, &ignore, &before);
  sigset_t mask, old;
  sigfillset(&mask);
  ::pthread_sigmask(SIG_SETMASK, &mask, &old);
  const CommandEnd end = run("sh -c 'kill -PIPE $$'");
  ::pthread_sigmask(SIG_SETMASK, &old, nullptr);
  ::sigaction(SIGPIPE, &before, nullptr);
  CHECK(describe_exit(end.exit_status) == "signal 13 (SIGPIPE)");
}

TEST_CASE("a command that is cancelled is asked to end, and may clean up") {
  TemporaryFolder folder = *TemporaryFolder::create("focus-test-");
  const std::string note = folder.path() + "/note";
  CancelAtFirstLine until;
  until.watch.grace_seconds = 60.0;
  const CommandEnd end = run("sh -c 'trap \"sleep 0.05; echo cleaned >" + note +
                                 "; exit 0\" TERM; echo ready; while :; do sleep 0.01; done'",
                             until.watch);
  CHECK(end.cancelled);
  std::string text;
  std::getline(std::ifstream(note) >> std::ws, text);
  CHECK(text == "cleaned");
}

TEST_CASE("a command that does not want to end is killed, with all it has started") {
  CancelAtFirstLine until;
  until.watch.grace_seconds = 0.02;
  const CommandEnd end =
      run("trap '' TERM; sh -c 'trap \"\" TERM; while :; do sleep 1; done' & echo $!; wait",
          until.watch);
  CHECK(end.cancelled);
  CHECK(gone_soon(until.line));
}

TEST_CASE("what a command leaves behind in the background goes with it, and is not waited for") {
  std::string line;
  CommandWatch watch;
  watch.line = [&](std::string_view said) { line = said; };
  CHECK(run("sleep 1000 & echo $!", watch).ok());
  CHECK(gone_soon(line));
}

TEST_CASE("no zombies are left") {
  for (int i = 0; i < 5; ++i) CHECK(run("true").ok());
  CHECK(::waitpid(-1, nullptr, WNOHANG) == -1);
  CHECK(errno == ECHILD);
}

TEST_CASE("a host that ignores SIGCHLD learns a command's status all the same") {
  struct sigaction before = {}, ignore = {};
  ignore.sa_handler = SIG_IGN;
  ::sigaction(SIGCHLD, &ignore, &before);
  const int good = run("true").exit_status;
  const int bad = run("sleep 0.02; exit 7").exit_status;
  CancelAtFirstLine until;
  const CommandEnd cancelled = run("echo ready; sleep 1000", until.watch);
  ::sigaction(SIGCHLD, &before, nullptr);
  CHECK(good == 0);
  CHECK(bad == 7);
  CHECK(cancelled.cancelled);
}

TEST_CASE("commands run side by side do not hold each other's pipes open") {
  std::atomic<int> failed{0};
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t) {
    threads.emplace_back([&failed, t] {
      for (int i = 0; i < 10; ++i) {
        const auto end = run_command("exit " + std::to_string(t), {});
        if (!end.ok() || end->exit_status != t) ++failed;
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  CHECK(failed == 0);
}

TEST_CASE("a word is one word for the shell, whatever is in it") {
  const std::string text = "it's $HOME; \"and\" `more` \\ *\n";
  std::string said;
  CommandWatch watch;
  watch.line = [&](std::string_view line) { said += std::string(line) + "\n"; };
  CHECK(run("printf %s " + shell_quoted(text), watch).ok());
  CHECK(said == text);
}

TEST_CASE("a command ends with the process that runs it, and all that it has started") {
  TemporaryFolder folder = *TemporaryFolder::create("focus-test-");
  // The second process is one that no signal but SIGKILL ends, and of which the shell knows
  // nothing.
  const std::string command = "cd " + shell_quoted(folder.path()) +
                              "; (trap '' HUP INT TERM; (sh -c 'echo $$ > "
                              "grandchild; sleep 60; :') & sleep 60) & echo $! > child; "
                              "echo $$ > shell; while [ ! -s grandchild ]; do sleep 0.01; done; "
                              "echo ready > ready.new; mv ready.new ready; sleep 60; :";
  const auto process = [&](const char* name) {
    std::string number;
    std::getline(std::ifstream(folder.path() + "/" + name), number);
    REQUIRE_FALSE(number.empty());
    return number;
  };
  // A process of the host that lives on, and has inherited what the killed one had open.
  int held[2];
  REQUIRE(::pipe(held) == 0);
  const pid_t host = focus::test::begin_child([&] {
    const auto other = LifeLine::take();  // taken before the fork, as with a second command
    if (::fork() == 0) {
      ::close(held[1]);
      char byte;
      ::_exit(::read(held[0], &byte, 1) < 0 ? 1 : 0);
    }
    std::thread worker([&] { static_cast<void>(run_command(command, {})); });
    worker.join();
    return 3;
  });
  ::close(held[0]);
  for (int i = 0; i < 2000 && !std::filesystem::exists(folder.path() + "/ready"); ++i) {
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  }
  REQUIRE(std::filesystem::exists(folder.path() + "/ready"));
  ::kill(host, SIGKILL);
  CHECK(focus::test::end_of_child(host) < 0);
  for (const char* name : {"shell", "child", "grandchild"}) CHECK(gone_soon(process(name)));
  ::close(held[1]);
}

TEST_CASE("a watcher ends with its command, and leaves no descriptor open") {
  const auto open_descriptors = [] {
    return std::distance(std::filesystem::directory_iterator("/proc/self/fd"),
                         std::filesystem::directory_iterator());
  };
  const auto before = open_descriptors();
  std::string group;
  CommandWatch watch;
  watch.line = [&](std::string_view line) { group = line; };
  CHECK(run("echo $$", watch).ok());
  CHECK(open_descriptors() == before);
  CHECK(::kill(-std::stoi(group), 0) != 0);  // not even as a zombie
}
