// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <fstream>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <absl/status/statusor.h>

#include "base/temporary_folder.h"

struct SF_VIRTUAL_IO;

namespace focus::core::audio {

/// The bytes of an audio file, by position. What can not seek (a pipe, a socket) is copied to a
/// temporary file first. To be used by one thread at a time.
class AudioSource {
 public:
  /// Fault::file_missing for a file that is not there. A pipe is refused unless it begins as an
  /// audio file does, and when it gives more than `most_copied` bytes.
  static absl::StatusOr<std::shared_ptr<AudioSource>> open(const std::string& path,
                                                           std::int64_t most_copied = kMostCopied);

  /// Copies up to `count` bytes from `position` on and returns how many; -1 after an error.
  using Read = std::function<std::int64_t(std::int64_t position, void* to, std::int64_t count)>;
  /// Bytes that are read in another way. `name` stands for a path in messages.
  static std::shared_ptr<AudioSource> of(std::string name, std::int64_t size, Read read);

  const std::string& path() const { return path_; }
  std::int64_t size() const { return size_; }
  /// Whether this is a copy of something that could be read once only.
  bool is_copy() const { return copy_.has_value(); }

  /// Reads up to `count` bytes. Fewer are read at the end, and where reading fails.
  std::int64_t read_at(std::int64_t position, void* to, std::int64_t count);
  /// The error of the first read that has failed, or OK.
  absl::Status status() const;

  static constexpr std::int64_t kMostCopied = std::int64_t{16} << 30;

 private:
  explicit AudioSource(std::string path) : path_(std::move(path)) {}
  absl::Status copy_all(std::filebuf& pipe, std::int64_t most);

  std::string path_;
  std::optional<TemporaryFolder> copy_;
  Read read_;  // where there is no file
  std::filebuf file_;
  std::int64_t size_ = 0;
  std::int64_t position_ = 0;  // of file_, or -1 after an error
  int error_ = 0;              // errno
};

/// The bytes from `begin` to `end` of a source.
struct SourceWindow {
  std::int64_t begin = 0;
  std::int64_t end = 0;

  std::int64_t size() const { return end - begin; }
};

/// A window as a file of its own, with a position. It is what libsndfile and libFLAC read from.
class WindowReader {
 public:
  WindowReader(std::shared_ptr<AudioSource> source, SourceWindow window)
      : source_(std::move(source)), window_(window) {}

  std::int64_t size() const { return window_.size(); }
  std::int64_t position() const { return position_; }
  std::int64_t read(void* to, std::int64_t count);
  /// Returns the new position, or -1 and stays where the new one would lie outside of the window.
  std::int64_t seek(std::int64_t offset, int whence);
  const AudioSource& source() const { return *source_; }

  /// The callbacks for sf_open_virtual(). Its user data must be a pointer to this object.
  static SF_VIRTUAL_IO* callbacks();

 private:
  std::shared_ptr<AudioSource> source_;
  SourceWindow window_;
  std::int64_t position_ = 0;
};

/// Looks at single bytes of a window, and reads the source a block at a time.
class ByteScanner {
 public:
  ByteScanner(AudioSource& source, SourceWindow window) : source_(source), window_(window) {}

  const SourceWindow& window() const { return window_; }
  /// `count` bytes at `position` of the source, or NULL where the window does not hold as many. The
  /// pointer is valid until the next call.
  const unsigned char* at(std::int64_t position, std::int64_t count);
  /// Whether the bytes at `position` are those of `text`.
  bool starts_with(std::int64_t position, std::string_view text);

 private:
  static constexpr std::int64_t kBlock = 64 * 1024;

  AudioSource& source_;
  SourceWindow window_;
  std::vector<unsigned char> block_;
  std::int64_t block_begin_ = 0;
};

}  // namespace focus::core::audio
