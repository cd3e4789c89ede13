// SPDX-License-Identifier: MIT
#include "store/audio_bytes.h"

#include <algorithm>
#include <cerrno>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#include <utility>
#include <vector>

#include <absl/strings/str_cat.h>

#include "base/digest.h"
#include "base/error.h"

namespace focus::core::store {

AudioBytes::AudioBytes(std::int64_t size, audio::AudioFormat format, std::string identity)
    : size_(size), format_(format), identity_(std::move(identity)) {}

const std::string& AudioBytes::path() const {
  static const std::string none;
  return none;
}

absl::StatusOr<std::int64_t> AudioBytes::read(std::int64_t offset, void* to,
                                              std::int64_t count) const {
  if (offset < 0) return invalid_field("offset", absl::StrCat("must not be negative: ", offset));
  const std::int64_t wanted =
      std::clamp<std::int64_t>(size() - offset, 0, std::max<std::int64_t>(count, 0));
  if (wanted > 0) FOCUS_RETURN_IF_ERROR(read_all(offset, static_cast<char*>(to), wanted));
  return wanted;
}

absl::StatusOr<std::string> AudioBytes::digest() const {
  constexpr std::int64_t kBlock = std::int64_t{1} << 18;
  Digest digest;
  std::vector<char> block(static_cast<std::size_t>(std::min(kBlock, size())));
  for (std::int64_t at = 0; at < size();) {
    FOCUS_ASSIGN_OR_RETURN(const std::int64_t count, read(at, block.data(), kBlock));
    digest.add({block.data(), static_cast<std::size_t>(count)});
    at += count;
  }
  return digest.finish();
}

FileAudioBytes::FileAudioBytes(std::string path, int descriptor, std::int64_t size,
                               audio::AudioFormat format, std::string identity, std::string stamp)
    : AudioBytes(size, format, std::move(identity)),
      path_(std::move(path)),
      descriptor_(descriptor),
      stamp_(std::move(stamp)) {}

FileAudioBytes::~FileAudioBytes() { ::close(descriptor_); }

absl::StatusOr<std::shared_ptr<const FileAudioBytes>> FileAudioBytes::open(
    const std::string& path, audio::AudioFormat format) {
  const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) return file_error(path, "cannot be read", errno);
  struct stat found = {};
  if (::fstat(descriptor, &found) != 0) {
    const int failed = errno;
    ::close(descriptor);
    return file_error(path, "cannot be read", failed);
  }
  // A file of this library is never written to once it has its name: another content is another
  // inode, and where its number comes back, the time is another.
  std::string identity =
      absl::StrCat(absl::Hex(found.st_ino), "-", absl::Hex(found.st_size), "-",
                   absl::Hex(found.st_mtim.tv_sec), ".", absl::Hex(found.st_mtim.tv_nsec));
  // The time of the last change of the inode can not be set by a program.
  std::string stamp =
      absl::StrCat(absl::Hex(found.st_dev), "-", identity, "-", absl::Hex(found.st_ctim.tv_sec),
                   ".", absl::Hex(found.st_ctim.tv_nsec));
  return std::shared_ptr<const FileAudioBytes>(new FileAudioBytes(
      path, descriptor, found.st_size, format, std::move(identity), std::move(stamp)));
}

absl::Status FileAudioBytes::read_all(std::int64_t offset, char* to, std::int64_t count) const {
  constexpr int kTries = 3;  // a network's file may fail once
  int failed = 0;
  for (std::int64_t done = 0; done < count;) {
    const ssize_t got =
        ::pread(descriptor_, to + done, static_cast<std::size_t>(count - done), offset + done);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0 && ++failed < kTries) continue;
    if (got < 0) return file_error(path_, "cannot be read", errno);
    if (got == 0) return damaged(path_, "was cut short while it was read; make it again");
    done += got;
  }
  return absl::OkStatus();
}

MemoryAudioBytes::MemoryAudioBytes(std::string bytes, audio::AudioFormat format)
    : AudioBytes(static_cast<std::int64_t>(bytes.size()), format, digest_of(bytes)),
      bytes_(std::move(bytes)) {}

std::shared_ptr<const AudioBytes> MemoryAudioBytes::of(std::string bytes,
                                                       audio::AudioFormat format) {
  return std::shared_ptr<const AudioBytes>(new MemoryAudioBytes(std::move(bytes), format));
}

absl::Status MemoryAudioBytes::read_all(std::int64_t offset, char* to, std::int64_t count) const {
  std::copy_n(bytes_.data() + offset, count, to);
  return absl::OkStatus();
}

}  // namespace focus::core::store
