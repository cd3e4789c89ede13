// SPDX-License-Identifier: MIT
#include "base/atomic_file.h"

#include <cerrno>
#include <cstdio>
#include <fcntl.h>
#include <filesystem>
#include <memory>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>
#include <utility>
#include <vector>

#if !defined(_WIN32)
#include <sys/file.h>
#endif

#include "base/error.h"
#include "base/file_signals.h"
#include "base/private_file.h"

namespace focus::core {
namespace {

constexpr char kSpoolName[] = "focus-session";  // in the folder for temporary files

struct CloseStream {
  void operator()(std::FILE* stream) const { std::fclose(stream); }
};
using Stream = std::unique_ptr<std::FILE, CloseStream>;

absl::Status write_content(const AtomicFile& file, const std::string& path,
                           const std::string& content) {
  Stream target(std::fopen(file.partial_path().c_str(), "wb"));
  if (!target || std::fwrite(content.data(), 1, content.size(), target.get()) != content.size() ||
      std::fclose(target.release()) != 0) {
    return file_error(path, "cannot be written", errno);
  }
  return absl::OkStatus();
}

}  // namespace

AtomicFile::AtomicFile(std::string path)
    : path_(std::move(path)), target_(find_output_target(path_)) {
  std::filesystem::path target(target_.path);
  if (target_.kind == OutputTarget::Kind::stream) {
    std::error_code error;
    target = std::filesystem::temp_directory_path(error) /
             (std::string(kSpoolName) + std::filesystem::path(path_).extension().string());
  }
  partial_path_ = new_partial_path(target.string());
#if !defined(_WIN32)
  // Where this fails, the writer of the content meets the same failure and reports it.
  lock_ = ::open(partial_path_.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
  if (lock_ >= 0) static_cast<void>(::flock(lock_, LOCK_EX | LOCK_NB));
#endif
}

AtomicFile::~AtomicFile() {
  if (!committed_) ::unlink(partial_path_.c_str());
  if (lock_ >= 0) ::close(lock_);
}

void AtomicFile::sweep_leftovers() const {
  const std::filesystem::path partial(partial_path_);
  const std::filesystem::path target = target_.kind == OutputTarget::Kind::stream
                                           ? partial.parent_path() / kSpoolName
                                           : std::filesystem::path(target_.path);
  sweep_partials(target.string());
}

absl::Status AtomicFile::rename() {
  if (target_.kind == OutputTarget::Kind::stream) {
    FOCUS_RETURN_IF_ERROR(copy_to_stream(partial_path_, target_));
    ::unlink(partial_path_.c_str());
    committed_ = true;
    return absl::OkStatus();
  }
#if !defined(_WIN32)
  // A file that is replaced keeps its permissions.
  struct stat before;
  if (::stat(target_.path.c_str(), &before) == 0 && S_ISREG(before.st_mode)) {
    ::chmod(partial_path_.c_str(), before.st_mode & 07777U);
  }
#endif
  if (::rename(partial_path_.c_str(), target_.path.c_str()) != 0) {
    return file_error(path_, "cannot be written", errno);
  }
  committed_ = true;
  return absl::OkStatus();
}

absl::Status AtomicFile::commit(Durability durability, DiskSync& disk) {
  const bool syncs = durability == Durability::synced && target_.kind != OutputTarget::Kind::stream;
  if (syncs) FOCUS_RETURN_IF_ERROR(sync_file(partial_path_, disk));
  FOCUS_RETURN_IF_ERROR(rename());
  if (!syncs) return absl::OkStatus();
  return sync_folder(std::filesystem::path(target_.path).parent_path().string(), disk);
}

absl::Status copy_file(const std::string& from, const std::string& to,
                       AtomicFile::Durability durability) {
  const Stream source(std::fopen(from.c_str(), "rb"));
  if (!source) return file_error(from, "cannot be read", errno);
  FOCUS_RETURN_IF_ERROR(check_not_input(to, from, "path"));
  const FileSignals guard;
  AtomicFile file(to);
  file.sweep_leftovers();
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
  const FileSignals guard;
  AtomicFile file(path);
  file.sweep_leftovers();
  FOCUS_RETURN_IF_ERROR(write_content(file, path, content));
  return file.commit(durability);
}

absl::Status write_private_file(const std::string& path, const std::string& content,
                                AtomicFile::Durability durability, DiskSync& disk) {
  const FileSignals guard;
  AtomicFile file(path);
  FOCUS_RETURN_IF_ERROR(create_private_file(file.partial_path()));
  FOCUS_RETURN_IF_ERROR(write_content(file, path, content));
  return file.commit(durability, disk);
}

}  // namespace focus::core
