// SPDX-License-Identifier: MIT
#include "store/audio_bytes.h"

#include <algorithm>
#include <cerrno>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#include <utility>

#include <absl/strings/str_cat.h>

#include "base/digest.h"
#include "base/error.h"

namespace focus::core {

struct AudioBytes::Content {
  int descriptor = -1;  // of a file; -1 in memory
  std::string bytes;    // in memory
  std::int64_t size = 0;
  std::string path;
  std::string identity;

  Content() = default;
  Content(const Content&) = delete;
  Content& operator=(const Content&) = delete;
  ~Content() {
    if (descriptor >= 0) ::close(descriptor);
  }
};

AudioBytes::AudioBytes(std::shared_ptr<const Content> content, AudioFormat format)
    : content_(std::move(content)), format_(format) {}

absl::StatusOr<std::unique_ptr<AudioBytes>> AudioBytes::open(const std::string& path,
                                                             AudioFormat format) {
  auto content = std::make_shared<Content>();
  content->path = path;
  content->descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  struct stat found = {};
  if (content->descriptor < 0 || ::fstat(content->descriptor, &found) != 0) {
    return file_error(path, "cannot be read", errno);
  }
  content->size = found.st_size;
  // A file of this library is never written to once it has its name: another content is another
  // inode, and where its number comes back, the time is another.
  content->identity =
      absl::StrCat(absl::Hex(found.st_ino), "-", absl::Hex(found.st_size), "-",
                   absl::Hex(found.st_mtim.tv_sec), ".", absl::Hex(found.st_mtim.tv_nsec));
  return std::unique_ptr<AudioBytes>(new AudioBytes(std::move(content), format));
}

std::unique_ptr<AudioBytes> AudioBytes::of(std::string bytes, AudioFormat format) {
  auto content = std::make_shared<Content>();
  content->bytes = std::move(bytes);
  content->size = static_cast<std::int64_t>(content->bytes.size());
  content->identity = digest_of(content->bytes);
  return std::unique_ptr<AudioBytes>(new AudioBytes(std::move(content), format));
}

std::int64_t AudioBytes::size() const { return content_->size; }
std::string_view AudioBytes::in_memory() const { return content_->bytes; }
const std::string& AudioBytes::path() const { return content_->path; }
const std::string& AudioBytes::identity() const { return content_->identity; }

absl::StatusOr<std::int64_t> AudioBytes::read(std::int64_t offset, void* to,
                                              std::int64_t count) const {
  if (offset < 0) return invalid_field("offset", absl::StrCat("must not be negative: ", offset));
  const std::int64_t wanted =
      std::clamp<std::int64_t>(size() - offset, 0, std::max<std::int64_t>(count, 0));
  auto* bytes = static_cast<char*>(to);
  if (content_->descriptor < 0) {
    if (wanted > 0) std::copy_n(content_->bytes.data() + offset, wanted, bytes);
    return wanted;
  }
  std::int64_t done = 0;
  while (done < wanted) {
    const ssize_t got = ::pread(content_->descriptor, bytes + done,
                                static_cast<std::size_t>(wanted - done), offset + done);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return file_error(path(), "cannot be read", errno);
    if (got == 0) {
      return damaged(path(), "was cut short while it was read; make it again");
    }
    done += got;
  }
  return done;
}

}  // namespace focus::core
