// SPDX-License-Identifier: MIT
#include "base/atomic_file.h"

#include <atomic>
#include <cerrno>
#include <cstdint>
#include <cstdio>
#include <fcntl.h>
#include <filesystem>
#include <unistd.h>

#include <absl/strings/str_cat.h>

#include "base/error.h"

namespace focus::core {
namespace {

constexpr char kPartialMark[] = ".partial";

absl::Status sync_path(const std::string& path, int flags) {
  const int descriptor = ::open(path.c_str(), flags | O_CLOEXEC);
  if (descriptor < 0) return file_error(path, "cannot be opened", errno);
  const int failed = ::fsync(descriptor) == 0 ? 0 : errno;
  ::close(descriptor);
  return failed == 0 ? absl::OkStatus() : file_error(path, "cannot be synced", failed);
}

}  // namespace

AtomicFile::AtomicFile(std::string path) : path_(std::move(path)) {
  static std::atomic<std::uint32_t> counter{0};
  const std::filesystem::path target(path_);
  const std::string name = absl::StrCat(".", target.stem().string(), kPartialMark, "-", ::getpid(),
                                        "-", counter++, target.extension().string());
  partial_path_ = (target.parent_path() / name).string();
}

AtomicFile::~AtomicFile() {
  if (!committed_) ::unlink(partial_path_.c_str());
}

absl::Status AtomicFile::commit(Durability durability) {
  if (durability == Durability::synced) FOCUS_RETURN_IF_ERROR(sync_path(partial_path_, O_RDONLY));
  if (::rename(partial_path_.c_str(), path_.c_str()) != 0) {
    return file_error(path_, "cannot be written", errno);
  }
  committed_ = true;
  if (durability == Durability::renamed) return absl::OkStatus();
  const std::string folder = std::filesystem::path(path_).parent_path().string();
  return sync_path(folder.empty() ? "." : folder, O_RDONLY | O_DIRECTORY);
}

bool is_partial_name(const std::string& name) {
  return name.starts_with(".") && name.find(kPartialMark) != std::string::npos;
}

absl::Status write_file(const std::string& path, const std::string& content,
                        AtomicFile::Durability durability) {
  AtomicFile file(path);
  std::FILE* stream = std::fopen(file.partial_path().c_str(), "wb");
  if (stream == nullptr) return file_error(path, "cannot be written", errno);
  const bool written = std::fwrite(content.data(), 1, content.size(), stream) == content.size();
  int failed = written ? 0 : errno;
  if (std::fclose(stream) != 0 && failed == 0) failed = errno;
  if (failed != 0) return file_error(path, "cannot be written", failed);
  return file.commit(durability);
}

}  // namespace focus::core
