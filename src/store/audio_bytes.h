// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include <absl/status/statusor.h>

#include "audio/format.h"

namespace focus::core::store {

/// The bytes of an audio file, wherever they are. They stay what they are and readable for as long
/// as they are held, also when the file is replaced, renamed or deleted meanwhile. Always owned by
/// shared pointers. Thread-safe.
class AudioBytes : public std::enable_shared_from_this<AudioBytes> {
 public:
  virtual ~AudioBytes() = default;
  AudioBytes(const AudioBytes&) = delete;
  AudioBytes& operator=(const AudioBytes&) = delete;

  std::int64_t size() const { return size_; }
  audio::AudioFormat format() const { return format_; }
  /// A short ASCII string that is the same for the same bytes and different once they were
  /// replaced.
  const std::string& identity() const { return identity_; }
  /// Reads up to `count` bytes from `offset` on and returns how many; fewer only at the end.
  absl::StatusOr<std::int64_t> read(std::int64_t offset, void* to, std::int64_t count) const;
  /// The digest (base/digest.h) of all of them. Reads a file from its beginning to its end.
  absl::StatusOr<std::string> digest() const;
  /// All of them, where they are in memory; otherwise empty.
  virtual std::string_view in_memory() const { return {}; }
  /// Where the file was when it was opened; "" where there is none.
  virtual const std::string& path() const;

 protected:
  AudioBytes(std::int64_t size, audio::AudioFormat format, std::string identity);

 private:
  /// Reads exactly `count` bytes, which there are.
  virtual absl::Status read_all(std::int64_t offset, char* to, std::int64_t count) const = 0;

  const std::int64_t size_;
  const audio::AudioFormat format_;
  const std::string identity_;
};

/// Of a file on disk.
class FileAudioBytes final : public AudioBytes {
 public:
  /// Fault::file_missing where there is no such file.
  static absl::StatusOr<std::shared_ptr<const FileAudioBytes>> open(const std::string& path,
                                                                    audio::AudioFormat format);
  ~FileAudioBytes() override;

  const std::string& path() const override { return path_; }
  /// Another text than before whenever the file may have been written to, also where its length and
  /// its time of change were set back.
  const std::string& stamp() const { return stamp_; }

 private:
  FileAudioBytes(std::string path, int descriptor, std::int64_t size, audio::AudioFormat format,
                 std::string identity, std::string stamp);
  absl::Status read_all(std::int64_t offset, char* to, std::int64_t count) const override;

  const std::string path_;
  const int descriptor_;
  const std::string stamp_;
};

/// In memory.
class MemoryAudioBytes final : public AudioBytes {
 public:
  static std::shared_ptr<const AudioBytes> of(std::string bytes, audio::AudioFormat format);

  std::string_view in_memory() const override { return bytes_; }

 private:
  MemoryAudioBytes(std::string bytes, audio::AudioFormat format);
  absl::Status read_all(std::int64_t offset, char* to, std::int64_t count) const override;

  const std::string bytes_;
};

}  // namespace focus::core::store
