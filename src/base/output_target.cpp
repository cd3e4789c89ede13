// SPDX-License-Identifier: MIT
#include "base/output_target.h"

#include <cerrno>
#include <charconv>
#include <fcntl.h>
#include <filesystem>
#include <string_view>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>
#include <utility>
#include <vector>

#if !defined(_WIN32)
#include <poll.h>
#endif

#include <absl/strings/str_cat.h>

#include "base/error.h"
#include "base/file_signals.h"

namespace focus::core {
namespace {

namespace fs = std::filesystem;

constexpr int kMostLinks = 40;  // as Linux follows

#if !defined(_WIN32)

int descriptor_of(std::string_view path) {
  if (path == "/dev/stdin") return 0;
  if (path == "/dev/stdout") return 1;
  if (path == "/dev/stderr") return 2;
  for (const std::string_view folder : {"/dev/fd/", "/proc/self/fd/"}) {
    if (!path.starts_with(folder)) continue;
    const std::string_view number = path.substr(folder.size());
    int descriptor = -1;
    const auto read = std::from_chars(number.data(), number.data() + number.size(), descriptor);
    if (read.ec == std::errc() && read.ptr == number.data() + number.size()) return descriptor;
  }
  return -1;
}

#endif

}  // namespace

OutputTarget find_output_target(const std::string& path) {
  OutputTarget target;
  fs::path at(path);
#if !defined(_WIN32)
  std::error_code error;
  for (int links = 0; links < kMostLinks; ++links) {
    target.descriptor = descriptor_of(at.string());
    if (target.descriptor >= 0) {
      target.kind = OutputTarget::Kind::stream;
      break;
    }
    if (!fs::is_symlink(at, error)) break;
    const fs::path next = fs::read_symlink(at, error);
    if (error) break;
    at = next.is_absolute() ? next : at.parent_path() / next;
  }
#endif
  target.path = at.string();
  if (target.descriptor >= 0) return target;
  struct stat status;
  if (::stat(target.path.c_str(), &status) != 0 || S_ISREG(status.st_mode)) return target;
  target.kind = S_ISDIR(status.st_mode) ? OutputTarget::Kind::folder : OutputTarget::Kind::stream;
  return target;
}

absl::Status check_output(const OutputTarget& target, const std::string& path) {
  if (target.kind == OutputTarget::Kind::folder) {
    return io_error(path, "is a folder; name a file in it");
  }
  struct stat status;
  if (target.descriptor >= 0 || ::stat(target.path.c_str(), &status) == 0 || errno == ENOENT) {
    return absl::OkStatus();
  }
  return file_error(path, "cannot be written", errno);
}

absl::Status check_not_input(const std::string& path, const std::string& input,
                             const std::string& field) {
  if (!is_same_file(path, input)) return absl::OkStatus();
  const std::string other = path == input ? "" : absl::StrCat(", by another name: \"", input, "\"");
  return invalid_field(field,
                       absl::StrCat("\"", path, "\" is one of the files that are read", other,
                                    "; choose another name, so that it is not replaced"));
}

bool is_same_file(const std::string& a, const std::string& b) {
  std::error_code error;
  return fs::is_regular_file(a, error) && fs::is_regular_file(b, error) &&
         fs::equivalent(a, b, error);
}

OutputStream::OutputStream(OutputTarget target) : target_(std::move(target)) {}

OutputStream::~OutputStream() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

#if defined(_WIN32)

int OutputStream::open() { return ENOTSUP; }
int OutputStream::write(const void*, std::int64_t) { return ENOTSUP; }
bool OutputStream::rewrite(std::int64_t, const void*, std::int64_t) { return false; }

#else

int OutputStream::open() {
  if (descriptor_ >= 0) return 0;
  do {
    descriptor_ = target_.descriptor >= 0
                      ? ::fcntl(target_.descriptor, F_DUPFD_CLOEXEC, 3)
                      : ::open(target_.path.c_str(), O_WRONLY | O_CLOEXEC | O_NOCTTY);
  } while (descriptor_ < 0 && errno == EINTR);
  if (descriptor_ < 0) return errno;
  struct stat status;
  // A file that is appended to takes no byte elsewhere.
  const bool appends = (::fcntl(descriptor_, F_GETFL) & O_APPEND) != 0;
  if (!appends && ::fstat(descriptor_, &status) == 0 && S_ISREG(status.st_mode)) {
    begin_ = ::lseek(descriptor_, 0, SEEK_CUR);
  }
  return 0;
}

int OutputStream::write(const void* from, std::int64_t count) {
  const FileSignals guard;
  if (const int failed = open(); failed != 0) return failed;
  const auto* at = static_cast<const char*>(from);
  while (count > 0) {
    const auto put = ::write(descriptor_, at, static_cast<std::size_t>(count));
    if (put > 0) {
      at += put;
      count -= put;
    } else if (put < 0 && errno == EAGAIN) {
      pollfd ready = {descriptor_, POLLOUT, 0};
      ::poll(&ready, 1, -1);
    } else if (put == 0 || errno != EINTR) {
      return put == 0 ? EIO : errno;
    }
  }
  return 0;
}

bool OutputStream::rewrite(std::int64_t offset, const void* from, std::int64_t count) {
  const FileSignals guard;
  return descriptor_ >= 0 && begin_ >= 0 &&
         ::pwrite(descriptor_, from, static_cast<std::size_t>(count), begin_ + offset) == count;
}

#endif

absl::Status copy_to_stream(const std::string& from, const OutputTarget& target) {
  const int source = ::open(from.c_str(), O_RDONLY | O_CLOEXEC);
  if (source < 0) return file_error(from, "cannot be read", errno);
  OutputStream stream(target);
  std::vector<char> block(std::size_t{1} << 18);
  absl::Status result;
  while (result.ok()) {
    const auto got = ::read(source, block.data(), block.size());
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) result = file_error(from, "cannot be read", errno);
    if (got <= 0) break;
    const int failed = stream.write(block.data(), got);
    if (failed != 0) result = file_error(target.path, "cannot be written", failed);
  }
  ::close(source);
  return result;
}

}  // namespace focus::core
