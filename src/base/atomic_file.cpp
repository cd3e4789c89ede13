// SPDX-License-Identifier: MIT
#include "base/atomic_file.h"

#include <atomic>
#include <cerrno>
#include <cstdint>
#include <cstdio>
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

absl::Status AtomicFile::rename() {
  if (::rename(partial_path_.c_str(), path_.c_str()) != 0) {
    return file_error(path_, "cannot be written", errno);
  }
  committed_ = true;
  return absl::OkStatus();
}

absl::Status AtomicFile::commit(Durability durability, DiskSync& disk) {
  if (durability == Durability::synced) FOCUS_RETURN_IF_ERROR(sync_file(partial_path_, disk));
  FOCUS_RETURN_IF_ERROR(rename());
  if (durability == Durability::renamed) return absl::OkStatus();
  return sync_folder(std::filesystem::path(path_).parent_path().string(), disk);
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
