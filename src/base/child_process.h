// SPDX-License-Identifier: MIT
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include <absl/status/status.h>
#include <absl/status/statusor.h>

namespace focus::core {

/// Returns `text` quoted as one word for a POSIX shell. Any content is allowed.
std::string shell_quoted(std::string_view text);

/// OK where commands can be run; Fault::unsupported, saying why, where they can not.
absl::Status commands_can_run();

/// Callbacks of a running command. Both are called on the thread that called run_command().
struct CommandWatch {
  /// Returns true once the command is no longer wanted. Polled at least every 5 ms. Empty: the
  /// command is never cancelled.
  std::function<bool()> cancelled;
  /// Receives each line of the command's standard output, without the line end. Empty: the output
  /// is dropped.
  std::function<void(std::string_view)> line;
  /// Seconds between the request to end (SIGTERM) and the kill (SIGKILL).
  double grace_seconds = 0.25;
};

/// How a command ended.
struct CommandEnd {
  bool cancelled = false;  ///< whether CommandWatch::cancelled ended it
  int exit_status = 0;     ///< its exit status; 128 + n when signal n ended it
  std::string last_error;  ///< the last line of its standard error that is not blank
  bool ok() const { return !cancelled && exit_status == 0; }
};

/// Runs `command` with /bin/sh, reads its output, and returns when it has ended. The command runs
/// in a process group of its own, with no standard input, none of this process's open files, and
/// default signal handling. When it ends or is cancelled, every process that is left in its group
/// is killed. The same happens when the calling process ends, however it ends: a watcher in the
/// group sees to that.
///
/// The calling process needs no signal handler. Only this child is waited for, also where SIGCHLD
/// is ignored or other code waits for every child. An error means that the command was not run:
/// Fault::unsupported, or what the system has refused.
absl::StatusOr<CommandEnd> run_command(const std::string& command, const CommandWatch& watch);

/// "status 3" or, of a status past 128, "signal 9 (SIGKILL)".
std::string describe_exit(int exit_status);

}  // namespace focus::core
