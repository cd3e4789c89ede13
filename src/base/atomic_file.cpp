// SPDX-License-Identifier: MIT
#include "base/atomic_file.h"

#include <atomic>
#include <cerrno>
#include <cstdint>
#include <cstdio>
#include <fcntl.h>
#include <filesystem>
#include <memory>
#include <unistd.h>
#include <vector>

#include <absl/strings/str_cat.h>

#include "base/error.h"

namespace focus::core {
namespace {

constexpr char kPartialMark[] = ".partial";

struct CloseStream {
  void operator()(std::FILE* stream) const { std::fclose(stream); }
};
using Stream = std::unique_ptr<std::FILE, CloseStream>;

absl::Status sync_path(const std::string& path, int flags) {
  const int descriptor = ::open(path.c_str(), flags | O_CLOEXEC);
  if (descriptor < 0) return file_error(path, "cannot be opened", errno);
  const int failed = ::fsync(descriptor) == 0 ? 0 : errno;
  ::close(descriptor);
  // Some file systems cannot sync a folder and return EINVAL for it.
  return failed == 0 || failed == EINVAL ? absl::OkStatus()
                                         : file_error(path, "cannot be synced", failed);
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
  return sync_folder(std::filesystem::path(path_).parent_path().string());
}

absl::Status sync_folder(const std::string& folder) {
  return sync_path(folder.empty() ? "." : folder, O_RDONLY | O_DIRECTORY);
}

bool is_partial_name(const std::string& name) {
  return name.starts_with(".") && name.find(kPartialMark) != std::string::npos;
}

absl::Status copy_file(const std::string& from, const std::string& to,
                       AtomicFile::Durability durability) {
  const Stream source(std::fopen(from.c_str(), "rb"));
  if (!source) return file_error(from, "cannot be read", errno);
  AtomicFile file(to);
  Stream target(std::fopen(file.partial_path().c_str(), "wb"));
  if (!target) return file_error(to, "cannot be written", errno);
  std::vector<char> block(std::size_t{1} << 18);
  while (const std::size_t count = std::fread(block.data(), 1, block.size(), source.get())) {
    if (std::fwrite(block.data(), 1, count, target.get()) != count) {
      return file_error(to, "cannot be written", errno);
    }
  }
  if (std::ferror(source.get()) != 0) return file_error(from, "cannot be read", errno);
  if (std::fclose(target.release()) != 0) return file_error(to, "cannot be written", errno);
  return file.commit(durability);
}

absl::Status write_file(const std::string& path, const std::string& content,
                        AtomicFile::Durability durability) {
  AtomicFile file(path);
  Stream target(std::fopen(file.partial_path().c_str(), "wb"));
  if (!target || std::fwrite(content.data(), 1, content.size(), target.get()) != content.size() ||
      std::fclose(target.release()) != 0) {
    return file_error(path, "cannot be written", errno);
  }
  return file.commit(durability);
}

}  // namespace focus::core
