// SPDX-License-Identifier: MIT
// How the tool ends when it can not do what was asked.
#pragma once

#include <cerrno>
#include <stdexcept>
#include <string>
#include <system_error>

#include <focus_session/focus_session.hpp>

namespace cli {

enum ExitCode {
  kExitOk = 0,
  kExitFailed = 1,       ///< a file, or the music, could not be made or read
  kExitUsage = 2,        ///< an option holds what it may not
  kExitBrokenPipe = 141  ///< nobody reads the output any more: as a shell tells of SIGPIPE
};

/// Ends the command with one line on stderr, or without a word where the message is "".
class Failure : public std::runtime_error {
 public:
  Failure(int exit_code, const std::string& message)
      : std::runtime_error(message), exit_code_(exit_code) {}
  int exit_code() const { return exit_code_; }

 private:
  int exit_code_;
};

/// A Failure that names the file and what errno says of it.
[[noreturn]] inline void fail_with_errno(const std::string& path) {
  throw Failure(kExitFailed, path + ": " + std::generic_category().message(errno));
}

/// An error of the library in the words of the command line: a field of the request is named by the
/// option that sets it, and a bad argument is a matter of usage.
Failure explain(const focus::Error& error);

/// The error's message without the name of the library's field.
inline std::string without_field(const focus::Error& error) {
  const std::string field = error.field() + ": ";
  std::string message = error.what();
  if (message.rfind(field, 0) == 0) message.erase(0, field.size());
  return message;
}

}  // namespace cli
