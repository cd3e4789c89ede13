// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include <absl/status/statusor.h>

#include "audio/format.h"

namespace focus::core {

/// The bytes of an audio file, on disk or in memory. They stay what they are and readable for as
/// long as they are held, also when the file is replaced, renamed or deleted meanwhile.
/// Thread-safe; copies share what they hold.
class AudioBytes {
 public:
  /// Fault::file_missing where there is no such file.
  static absl::StatusOr<std::unique_ptr<AudioBytes>> open(const std::string& path,
                                                          AudioFormat format);
  static std::unique_ptr<AudioBytes> of(std::string bytes, AudioFormat format);

  std::int64_t size() const;
  /// Reads up to `count` bytes from `offset` on and returns how many; fewer only at the end.
  absl::StatusOr<std::int64_t> read(std::int64_t offset, void* to, std::int64_t count) const;
  /// All of them, where they are in memory; empty for a file.
  std::string_view in_memory() const;
  /// Where the file was when it was opened; "" in memory.
  const std::string& path() const;
  AudioFormat format() const { return format_; }
  /// A short ASCII string that is the same for the same bytes and another once they were replaced.
  const std::string& identity() const;

 private:
  struct Content;
  AudioBytes(std::shared_ptr<const Content> content, AudioFormat format);

  std::shared_ptr<const Content> content_;
  AudioFormat format_;
};

}  // namespace focus::core
