// SPDX-License-Identifier: MIT
#include "base/child_process.h"

#include <absl/strings/str_cat.h>

#include "base/error.h"

#if defined(_WIN32) || defined(FOCUS_MINIMAL)

namespace focus::core {

absl::Status commands_can_run() {
  return fault_error(Fault::unsupported, "this build of the library runs no commands");
}

absl::StatusOr<CommandEnd> run_command(const std::string&, const CommandWatch&) {
  return commands_can_run();
}

#else

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>
#include <utility>

#include "base/clock.h"
#include "base/life_line.h"
#include "base/text.h"

namespace focus::core {
namespace {

constexpr int kLookMs = 5;  // half of the 10 ms in which cancelled work has to notice
constexpr std::size_t kLongestLine = 4096;
constexpr std::size_t kLongestError = 500;
constexpr const char* kShell = "/bin/sh";
/// The shell runs its first argument in a subshell and writes the exit status to descriptor 3. The
/// status cannot come from waitpid() alone: that fails where SIGCHLD is ignored or where another
/// part of the process reaps all children. Every process that the command starts inherits
/// descriptor 3, so the end of that pipe means that all of them have ended or closed it.
///
/// Around that it runs a watcher, which waits for the end of file on descriptor 4, the LifeLine of
/// this process, and then kills the whole group, itself included. No signal but SIGKILL ends the
/// watcher before the command. The shell waits for it, so that no process is left to be reaped by
/// others. (PR_SET_PDEATHSIG would end the shell alone, and also when the thread ends that has
/// started it.)
constexpr const char* kScript =
    R"((trap '' HUP INT QUIT ALRM TERM USR1 USR2; exec 3>&- </dev/null >/dev/null 2>&1; )"
    R"(read -r _ <&4; kill -KILL 0) & focus_watcher=$!; (exec 4<&-; eval "$1"); echo "$?" >&3; )"
    R"(kill -KILL "$focus_watcher"; wait "$focus_watcher" 2>/dev/null)";
constexpr int kStatusDescriptor = 3;
constexpr int kLifeDescriptor = 4;
constexpr int kDescriptors = 5;  // that the shell has

class Descriptor {
 public:
  Descriptor() = default;
  explicit Descriptor(int number) : number_(number) {}
  ~Descriptor() { close(); }
  Descriptor(Descriptor&& other) noexcept : number_(std::exchange(other.number_, -1)) {}
  Descriptor& operator=(Descriptor&& other) noexcept {
    std::swap(number_, other.number_);
    return *this;
  }
  int number() const { return number_; }
  bool is_open() const { return number_ >= 0; }
  void close() {
    if (number_ >= 0) ::close(std::exchange(number_, -1));
  }

 private:
  int number_ = -1;
};

absl::Status refused(const char* what, int error_number) {
  return file_error(kShell, what, error_number);
}

struct Pipe {
  Descriptor read;
  Descriptor write;
};

/// Both ends are close-on-exec, so other programs that this process starts do not inherit them. The
/// read end is non-blocking. The write end is moved above descriptor 4, so that the child's
/// descriptors can be set without overwriting it.
absl::StatusOr<Pipe> open_pipe() {
  int ends[2];
#if defined(__linux__)
  if (::pipe2(ends, O_CLOEXEC) != 0) return refused("no pipe to the command", errno);
#else
  if (::pipe(ends) != 0) return refused("no pipe to the command", errno);
  ::fcntl(ends[0], F_SETFD, FD_CLOEXEC);
  ::fcntl(ends[1], F_SETFD, FD_CLOEXEC);
#endif
  Pipe pipe{Descriptor(ends[0]), Descriptor(ends[1])};
  ::fcntl(ends[0], F_SETFL, O_NONBLOCK);
  pipe.write = Descriptor(::fcntl(ends[1], F_DUPFD_CLOEXEC, kDescriptors));
  if (!pipe.write.is_open()) return refused("no pipe to the command", errno);
  return pipe;
}

/// Reads one pipe and cuts what it reads into lines. The part of a line beyond kLongestLine is
/// dropped.
class Lines {
 public:
  Lines(Descriptor from, std::function<void(std::string_view)> take)
      : from_(std::move(from)), take_(std::move(take)) {}

  int descriptor() const { return from_.number(); }
  bool ended() const { return !from_.is_open(); }

  /// Reads what is available without blocking.
  void read() {
    std::array<char, 4096> bytes;
    while (from_.is_open()) {
      const ssize_t count = ::read(from_.number(), bytes.data(), bytes.size());
      if (count > 0) {
        add({bytes.data(), static_cast<std::size_t>(count)});
      } else if (count == 0 || (errno != EINTR && errno != EAGAIN)) {
        end();
      } else if (errno == EAGAIN) {
        return;
      }
    }
  }
  /// Closes the pipe and passes on a last line that has no line end.
  void end() {
    from_.close();
    if (!line_.empty()) give();
  }

 private:
  void add(std::string_view text) {
    for (const char c : text) {
      if (c == '\n') {
        give();
      } else if (line_.size() < kLongestLine) {
        line_ += c;
      }
    }
  }
  void give() {
    if (!line_.empty() && line_.back() == '\r') line_.pop_back();
    if (take_) take_(line_);
    line_.clear();
  }

  Descriptor from_;
  std::function<void(std::string_view)> take_;
  std::string line_;
};

/// The process group of the shell and of everything that the shell has started.
class Group {
 public:
  explicit Group(pid_t leader) : leader_(leader) {}
  ~Group() { end(); }
  Group(const Group&) = delete;
  Group& operator=(const Group&) = delete;

  void ask_to_end() { ::kill(-leader_, SIGTERM); }

  /// Whether the shell has ended. WNOWAIT leaves it unreaped until end(): its process id, which is
  /// also the group's, cannot be reused before end() has signalled the group. If another part of
  /// the process has reaped the shell (ECHILD), it has ended too.
  bool leader_ended() {
    siginfo_t info = {};
    const int result =
        ::waitid(P_PID, static_cast<id_t>(leader_), &info, WEXITED | WNOHANG | WNOWAIT);
    if (result != 0) return errno != EINTR;
    if (info.si_pid != leader_) return false;
    exit_status_ = info.si_code == CLD_EXITED ? info.si_status : 128 + info.si_status;
    return true;
  }
  /// The shell's own exit status as leader_ended() saw it, or 128 + SIGKILL if that was not
  /// possible.
  int exit_status() const { return exit_status_; }

  /// Kills every process that is left in the group and reaps the shell. waitpid() returns at once,
  /// because SIGKILL cannot be caught.
  void end() {
    if (leader_ <= 0) return;
    ::kill(-leader_, SIGKILL);
    while (::waitpid(leader_, nullptr, 0) < 0 && errno == EINTR) {
    }
    leader_ = 0;
  }

 private:
  pid_t leader_;
  int exit_status_ = 128 + SIGKILL;
};

/// Owns the two settings objects of posix_spawn().
class SpawnSettings {
 public:
  SpawnSettings() {
    ::posix_spawn_file_actions_init(&actions_);
    ::posix_spawnattr_init(&attributes_);
  }
  ~SpawnSettings() {
    ::posix_spawnattr_destroy(&attributes_);
    ::posix_spawn_file_actions_destroy(&actions_);
  }
  SpawnSettings(const SpawnSettings&) = delete;
  SpawnSettings& operator=(const SpawnSettings&) = delete;

  /// Sets up the child: its own process group, default signal handling, standard input from
  /// /dev/null, the three pipes as descriptors 1, 2 and 3, and the life line as 4. All other
  /// descriptors are closed where the C library can do that. @return 0 or an errno.
  int prepare(int out, int error, int status, int life) {
    sigset_t none, all;
    sigemptyset(&none);
    sigfillset(&all);
    int failed = ::posix_spawnattr_setflags(
        &attributes_, POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
    const auto then = [&](int result) { failed = failed != 0 ? failed : result; };
    then(::posix_spawnattr_setpgroup(&attributes_, 0));
    then(::posix_spawnattr_setsigmask(&attributes_, &none));
    then(::posix_spawnattr_setsigdefault(&attributes_, &all));
    then(::posix_spawn_file_actions_addopen(&actions_, STDIN_FILENO, "/dev/null", O_RDONLY, 0));
    then(::posix_spawn_file_actions_adddup2(&actions_, out, STDOUT_FILENO));
    then(::posix_spawn_file_actions_adddup2(&actions_, error, STDERR_FILENO));
    then(::posix_spawn_file_actions_adddup2(&actions_, status, kStatusDescriptor));
    then(::posix_spawn_file_actions_adddup2(&actions_, life, kLifeDescriptor));
#if defined(__GLIBC_PREREQ)
#if __GLIBC_PREREQ(2, 34)
    then(::posix_spawn_file_actions_addclosefrom_np(&actions_, kDescriptors));
#endif
#endif
    return failed;
  }

  const posix_spawn_file_actions_t* actions() const { return &actions_; }
  const posix_spawnattr_t* attributes() const { return &attributes_; }

 private:
  posix_spawn_file_actions_t actions_;
  posix_spawnattr_t attributes_;
};

absl::StatusOr<pid_t> spawn(const std::string& command, const Pipe& out, const Pipe& error,
                            const Pipe& status, const LifeLine& life) {
  SpawnSettings settings;
  int failed = settings.prepare(out.write.number(), error.write.number(), status.write.number(),
                                life.reading_end());
  const std::array<const char*, 6> arguments = {"sh",   "-c", kScript, "sh", command.c_str(),
                                                nullptr};
  pid_t child = 0;
  if (failed == 0) {
    failed = ::posix_spawn(&child, kShell, settings.actions(), settings.attributes(),
                           const_cast<char* const*>(arguments.data()), environ);
  }
  if (failed == 0) return child;
  const absl::Status error_status = refused("no command can be started", failed);
  if (failed != ENOENT && failed != ENOSYS) return error_status;
  return fault_error(Fault::unsupported, std::string(error_status.message()));
}

}  // namespace

absl::Status commands_can_run() {
  if (::access(kShell, X_OK) == 0) return absl::OkStatus();
  return fault_error(Fault::unsupported,
                     absl::StrCat("commands need ", kShell, ", which is not on this system"));
}

absl::StatusOr<CommandEnd> run_command(const std::string& command, const CommandWatch& watch) {
  FOCUS_ASSIGN_OR_RETURN(Pipe out, open_pipe());
  FOCUS_ASSIGN_OR_RETURN(Pipe error, open_pipe());
  FOCUS_ASSIGN_OR_RETURN(Pipe status, open_pipe());
  FOCUS_ASSIGN_OR_RETURN(const LifeLine life, LifeLine::take());
  FOCUS_ASSIGN_OR_RETURN(const pid_t child, spawn(command, out, error, status, life));
  Group group(child);
  for (Pipe* pipe : {&out, &error, &status}) pipe->write.close();

  CommandEnd end;
  std::string told_status;
  std::array<Lines, 3> lines = {
      Lines(std::move(out.read), watch.line),
      Lines(std::move(error.read),
            [&](std::string_view line) {
              if (!is_blank(line)) end.last_error = one_line(line, kLongestError);
            }),
      Lines(std::move(status.read), [&](std::string_view line) { told_status = line; })};
  const Clock& clock = Clock::system();
  double kill_at = 0.0;
  // After a cancellation the command's processes get until `kill_at`, even if the shell itself has
  // ended earlier: the loop goes on until the status pipe is closed.
  while (!group.leader_ended() || (end.cancelled && !lines[2].ended())) {
    // poll() ignores the entry of a closed pipe, because its descriptor is negative.
    std::array<pollfd, 3> polled;
    for (std::size_t i = 0; i < polled.size(); ++i) polled[i] = {lines[i].descriptor(), POLLIN, 0};
    ::poll(polled.data(), polled.size(), kLookMs);
    for (Lines& each : lines) each.read();
    if (end.cancelled) {
      if (clock.steady_seconds() >= kill_at) break;
    } else if (watch.cancelled && watch.cancelled()) {
      end.cancelled = true;
      group.ask_to_end();
      kill_at = clock.steady_seconds() + watch.grace_seconds;
    }
  }
  group.end();
  // Reads what was written last, without waiting for the end of the pipes: a process that has left
  // the group may keep them open for ever.
  for (Lines& each : lines) {
    each.read();
    each.end();
  }
  // The status is missing if the shell itself was killed before it could write it.
  end.exit_status = told_status.empty() ? group.exit_status() : std::atoi(told_status.c_str());
  return end;
}

#endif

std::string shell_quoted(std::string_view text) {
  std::string quoted = "'";
  for (const char c : text) {
    if (c == '\'') {
      quoted += "'\\''";
    } else {
      quoted += c;
    }
  }
  return quoted + "'";
}

std::string describe_exit(int exit_status) {
#if !defined(_WIN32) && !defined(FOCUS_MINIMAL)
  constexpr std::pair<int, const char*> kNames[] = {
      {SIGHUP, "SIGHUP"},   {SIGINT, "SIGINT"},   {SIGQUIT, "SIGQUIT"}, {SIGILL, "SIGILL"},
      {SIGABRT, "SIGABRT"}, {SIGBUS, "SIGBUS"},   {SIGFPE, "SIGFPE"},   {SIGKILL, "SIGKILL"},
      {SIGSEGV, "SIGSEGV"}, {SIGPIPE, "SIGPIPE"}, {SIGALRM, "SIGALRM"}, {SIGTERM, "SIGTERM"},
      {SIGXCPU, "SIGXCPU"}, {SIGSYS, "SIGSYS"}};
  for (const auto& [signal, name] : kNames) {
    if (exit_status == 128 + signal) return absl::StrCat("signal ", signal, " (", name, ")");
  }
#endif
  return absl::StrCat("status ", exit_status);
}

}  // namespace focus::core
