// SPDX-License-Identifier: MIT
#include "serve/private_text.h"

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <fcntl.h>
#include <filesystem>
#include <sys/stat.h>
#include <unistd.h>
#include <utility>

#include "failure.h"
#include "write_all.h"

namespace cli {
namespace {

/// A file beside `path`, which goes away again unless it took its place.
class Replacement {
 public:
  explicit Replacement(std::string path) : path_(std::move(path)), name_(path_ + ".XXXXXX") {
    file_ = ::mkstemp(name_.data());  // readable by its owner alone
    if (file_ < 0) fail_with_errno(path_);
  }
  ~Replacement() {
    ::close(file_);
    if (!done_) ::unlink(name_.c_str());
  }
  Replacement(const Replacement&) = delete;
  Replacement& operator=(const Replacement&) = delete;

  void fill(const std::string& text) {
    if (!write_all(file_, text) || ::fsync(file_) != 0) fail_with_errno(path_);
    if (::rename(name_.c_str(), path_.c_str()) != 0) fail_with_errno(path_);
    done_ = true;
  }

 private:
  std::string path_;
  std::string name_;
  int file_ = -1;
  bool done_ = false;
};

}  // namespace

void write_private_text(const std::string& path, const std::string& text) {
  Replacement(path).fill(text);
  const int folder = ::open(folder_of(path).c_str(), O_RDONLY | O_CLOEXEC);
  if (folder < 0) return;
  ::fsync(folder);  // so that the new name lasts
  ::close(folder);
}

void make_private(const std::string& path) {
  struct stat status {};
  if (::lstat(path.c_str(), &status) != 0 || !S_ISREG(status.st_mode)) return;
  if (status.st_uid == ::geteuid() && (status.st_mode & 0077) != 0) {
    (void)::chmod(path.c_str(), 0600);
  }
}

std::string folder_of(const std::string& path) {
  const std::filesystem::path folder = std::filesystem::path(path).parent_path();
  return folder.empty() ? "." : folder.string();
}

}  // namespace cli
