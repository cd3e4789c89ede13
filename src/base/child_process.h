// SPDX-License-Identifier: MIT
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include <absl/status/status.h>
#include <absl/status/statusor.h>

namespace focus::core {

/// `text` as one word for a POSIX shell, whatever is in it.
std::string shell_quoted(std::string_view text);

/// OK where commands can be run; Fault::unsupported, saying why, where they can not.
absl::Status commands_can_run();

/// Who watches a command; both are called on the thread that runs it.
struct CommandWatch {
  /// Whether the command is wanted no more; asked every 5 ms at least. Empty: never.
  std::function<bool()> cancelled;
  /// Takes a line of its standard output, without the end of the line. Empty: it is dropped.
  std::function<void(std::string_view)> line;
  /// How long it may go on after it was asked to end (SIGTERM), before it is killed (SIGKILL).
  double grace_seconds = 0.25;
};

/// How a command came to its end.
struct CommandEnd {
  bool cancelled = false;  ///< because nobody wanted it any more
  int exit_status = 0;     ///< of the command; 128 and the signal where one has ended it
  std::string last_error;  ///< the last line of its standard error that is not blank
  bool ok() const { return !cancelled && exit_status == 0; }
};

/// Runs `command` by /bin/sh and waits for its end, reading what it says. It is in a process group
/// of its own, has no standard input, none of this process's files, and signals as they are by
/// default. Whatever of its group is still there when it ends, or when it is cancelled, is killed.
///
/// The calling process need not do anything about children: there is no signal handler, only this
/// child is waited for, and it works where SIGCHLD is ignored or somebody else reaps.
/// An error means that the command was not run: Fault::unsupported, or what the system has refused.
absl::StatusOr<CommandEnd> run_command(const std::string& command, const CommandWatch& watch);

/// "status 3" or, of a status past 128, "signal 9 (SIGKILL)".
std::string describe_exit(int exit_status);

}  // namespace focus::core
