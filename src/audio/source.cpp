// SPDX-License-Identifier: MIT
#include "audio/source.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <sndfile.h>
#include <utility>

#include <absl/strings/str_cat.h>

#include "audio/containers.h"
#include "base/error.h"

namespace focus::core::audio {
namespace {

constexpr std::int64_t kCopyBlock = 64 * 1024;
constexpr int kAttempts = 2;  // of a read: a disk may fail once

/// std::filebuf reports a failed read by an exception, which must not pass through a codec in C.
/// The reason stays in errno, which is 0 otherwise.
std::int64_t read_some(std::filebuf& file, void* to, std::int64_t count) {
  errno = 0;
  try {
    return std::max<std::streamsize>(file.sgetn(static_cast<char*>(to), count), 0);
  } catch (const std::ios_base::failure&) {
    if (errno == 0) errno = EIO;
    return 0;
  }
}

bool move_to(std::filebuf& file, std::int64_t position) {
  try {
    const auto reached = file.pubseekpos(std::filebuf::pos_type(position), std::ios::in);
    if (std::filebuf::off_type(reached) == position) return true;
  } catch (const std::ios_base::failure&) {
  }
  if (errno == 0) errno = EIO;
  return false;
}

std::int64_t size_of(std::filebuf& file) {
  const auto end = file.pubseekoff(0, std::ios::end, std::ios::in);
  return static_cast<std::int64_t>(std::filebuf::off_type(end));
}

}  // namespace

absl::StatusOr<std::shared_ptr<AudioSource>> AudioSource::open(const std::string& path,
                                                               std::int64_t most_copied) {
  std::error_code ignored;
  if (std::filesystem::is_directory(path, ignored)) {
    return damaged(path, "is a folder; name an audio file");
  }
  std::shared_ptr<AudioSource> source(new AudioSource(path));
  errno = 0;
  if (source->file_.open(path, std::ios::in | std::ios::binary) == nullptr) {
    return file_error(path, "cannot be read", errno);
  }
  // Devices may pretend that they can seek.
  const bool seekable = !std::filesystem::is_character_file(path, ignored) &&
                        !std::filesystem::is_fifo(path, ignored);
  source->size_ = seekable ? size_of(source->file_) : -1;
  if (source->size_ < 0) {
    std::filebuf pipe;
    pipe.swap(source->file_);
    FOCUS_RETURN_IF_ERROR(source->copy_all(pipe, most_copied));
  }
  source->position_ = -1;
  return source;
}

absl::Status AudioSource::copy_all(std::filebuf& pipe, std::int64_t most) {
  std::vector<char> block(static_cast<std::size_t>(kCopyBlock));
  std::int64_t count = read_some(pipe, block.data(), kCopyBlock);
  if (errno != 0) return file_error(path_, "cannot be read", errno);
  if (!begins_as_audio({block.data(), static_cast<std::size_t>(count)})) {
    return damaged(path_,
                   "does not begin as an audio file does; a pipe has to carry WAV, FLAC, Ogg "
                   "Vorbis, Opus or MP3");
  }
  FOCUS_ASSIGN_OR_RETURN(auto folder, TemporaryFolder::create("focus-audio-"));
  const std::string copy = folder.path() + "/copy";
  copy_.emplace(std::move(folder));
  errno = 0;
  constexpr auto kMode = std::ios::in | std::ios::out | std::ios::trunc | std::ios::binary;
  if (file_.open(copy, kMode) == nullptr) return file_error(copy, "cannot be written", errno);
  for (size_ = 0; count > 0; count = read_some(pipe, block.data(), kCopyBlock)) {
    size_ += count;
    if (size_ > most) {
      return damaged(path_, absl::StrCat("gives more than ", most,
                                         " bytes; save it as a file, and name that"));
    }
    errno = 0;
    if (file_.sputn(block.data(), count) < count)
      return file_error(copy, "cannot be written", errno);
  }
  if (errno != 0) return file_error(path_, "cannot be read", errno);
  if (file_.pubsync() != 0) return file_error(copy, "cannot be written", errno);
  return absl::OkStatus();
}

std::shared_ptr<AudioSource> AudioSource::of(std::string name, std::int64_t size, Read read) {
  std::shared_ptr<AudioSource> source(new AudioSource(std::move(name)));
  source->size_ = size;
  source->read_ = std::move(read);
  return source;
}

std::int64_t AudioSource::read_at(std::int64_t position, void* to, std::int64_t count) {
  count = std::min(count, size_ - position);
  if (position < 0 || count <= 0) return 0;
  std::int64_t got = 0;
  if (read_) {
    got = read_(position, to, count);
    if (got < 0 && error_ == 0) error_ = EIO;
    return std::max<std::int64_t>(got, 0);
  }
  for (int attempt = 0; attempt < kAttempts; ++attempt) {
    errno = 0;
    got = position_ == position || move_to(file_, position) ? read_some(file_, to, count) : 0;
    position_ = got < count ? -1 : position + got;
    if (errno == 0) return got;
  }
  if (error_ == 0) error_ = errno;
  return got;
}

absl::Status AudioSource::status() const {
  return error_ == 0 ? absl::OkStatus() : file_error(path_, "cannot be read", error_);
}

std::int64_t WindowReader::read(void* to, std::int64_t count) {
  const std::int64_t wanted = std::clamp<std::int64_t>(window_.size() - position_, 0, count);
  const std::int64_t got = source_->read_at(window_.begin + position_, to, wanted);
  position_ += got;
  return got;
}

std::int64_t WindowReader::seek(std::int64_t offset, int whence) {
  const std::int64_t base = whence == SEEK_SET   ? 0
                            : whence == SEEK_CUR ? position_
                                                 : window_.size();
  if (offset < -base || offset > window_.size() - base) return -1;
  position_ = base + offset;
  return position_;
}

SF_VIRTUAL_IO* WindowReader::callbacks() {
  static constexpr auto of = [](void* self) -> WindowReader& {
    return *static_cast<WindowReader*>(self);
  };
  static SF_VIRTUAL_IO io = {
      [](void* self) -> sf_count_t { return of(self).size(); },
      [](sf_count_t offset, int whence, void* self) -> sf_count_t {
        return of(self).seek(offset, whence);
      },
      [](void* to, sf_count_t count, void* self) -> sf_count_t { return of(self).read(to, count); },
      [](const void*, sf_count_t, void*) -> sf_count_t { return 0; },
      [](void* self) -> sf_count_t { return of(self).position(); },
  };
  return &io;
}

const unsigned char* ByteScanner::at(std::int64_t position, std::int64_t count) {
  if (position < window_.begin || count > window_.end - position) return nullptr;
  const auto held = static_cast<std::int64_t>(block_.size());
  if (position < block_begin_ || position + count > block_begin_ + held) {
    block_.resize(
        static_cast<std::size_t>(std::min(std::max(kBlock, count), window_.end - position)));
    block_begin_ = position;
    const auto got =
        source_.read_at(position, block_.data(), static_cast<std::int64_t>(block_.size()));
    block_.resize(static_cast<std::size_t>(got));
    if (got < count) return nullptr;
  }
  return block_.data() + (position - block_begin_);
}

bool ByteScanner::starts_with(std::int64_t position, std::string_view text) {
  const auto* bytes = at(position, static_cast<std::int64_t>(text.size()));
  return bytes != nullptr && std::memcmp(bytes, text.data(), text.size()) == 0;
}

}  // namespace focus::core::audio
