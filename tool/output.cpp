// SPDX-License-Identifier: MIT
#include "output.h"

#include <cerrno>
#include <cstdlib>
#include <filesystem>
#include <iostream>
#include <poll.h>
#include <system_error>
#include <unistd.h>
#include <vector>

#include "failure.h"
#include "interrupt.h"
#include "write_all.h"

namespace cli {
namespace {

namespace fs = std::filesystem;

constexpr const char* kStandardOutput = "/dev/stdout";

bool is_stream_path(const std::string& path) {
  for (const char* const descriptors : {"/dev/std", "/dev/fd/", "/proc/self/fd/"}) {
    if (path.rfind(descriptors, 0) == 0) return true;
  }
  std::error_code ignored;
  const fs::file_status status = fs::status(path, ignored);
  return fs::exists(status) && !fs::is_regular_file(status) && !fs::is_directory(status);
}

}  // namespace

Output::Output(const std::string& out)
    : path(out == "-" ? kStandardOutput : out),
      name(out == "-" ? "standard output" : out),
      is_standard(path == kStandardOutput),
      is_stream(is_stream_path(path)) {
  if (is_standard && isatty(STDOUT_FILENO) != 0) {
    throw Failure(kExitUsage,
                  "OUT: audio does not go to a terminal; send it on, as in "
                  "`focus-session ... - | aplay`, or name a file");
  }
}

bool Output::reader_has_gone() const {
  pollfd end = {STDOUT_FILENO, 0, 0};
  return is_standard && ::poll(&end, 1, 0) > 0 && (end.revents & POLLERR) != 0;
}

std::ostream& Output::words() const { return is_standard ? std::cerr : std::cout; }

InputCopy::InputCopy() {
  std::error_code error;
  std::string name = (fs::temp_directory_path(error) / "focus-session-input-XXXXXX").string();
  const int file = error ? -1 : ::mkstemp(name.data());
  if (file < 0) {
    throw Failure(kExitFailed, "standard input can not be kept in " + name + "; set TMPDIR");
  }
  path_ = name;
  std::vector<char> block(std::size_t{1} << 18);
  bool whole = true;
  while (whole && !interrupted()) {
    const ssize_t got = ::read(STDIN_FILENO, block.data(), block.size());
    if (got < 0 && errno == EINTR) continue;
    if (got == 0) break;
    whole = got > 0 && write_all(file, {block.data(), static_cast<std::size_t>(got)});
  }
  ::close(file);
  if (whole && !interrupted()) return;
  ::unlink(path_.c_str());  // there is no destructor after an exception from here
  if (interrupted()) throw Failure(interrupt_exit_code(), "interrupted");
  throw Failure(kExitFailed, "standard input can not be kept in " + name +
                                 "; free some space, or set TMPDIR to another folder");
}

InputCopy::~InputCopy() { ::unlink(path_.c_str()); }

}  // namespace cli
