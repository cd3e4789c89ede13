// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <memory>

#include <absl/status/statusor.h>

#include "audio/containers.h"
#include "audio/file.h"

namespace focus::core::audio {

/// Decodes one link of a file, to interleaved samples. Its errors name the path of the file. To be
/// used by one thread at a time.
class Decoder {
 public:
  virtual ~Decoder() = default;

  /// `frames` is exact where the format allows to know it, and else what the header tells.
  const AudioFileInfo& info() const { return info_; }

  /// Decodes the next frames, into room for `count`. Returns fewer at the end only, and 0 behind
  /// it. What breaks off before the length that its header tells is Fault::bad_data.
  virtual absl::StatusOr<std::int64_t> read(float* to, std::int64_t count) = 0;

  /// The next read begins at `frame`.
  virtual absl::Status seek(std::int64_t frame) = 0;

 protected:
  AudioFileInfo info_;
};

absl::StatusOr<std::unique_ptr<Decoder>> open_sndfile_decoder(
    const std::shared_ptr<AudioSource>& source, const AudioLink& link);
absl::StatusOr<std::unique_ptr<Decoder>> open_flac_decoder(
    const std::shared_ptr<AudioSource>& source, const AudioLink& link);
absl::StatusOr<std::unique_ptr<Decoder>> open_mpeg_decoder(
    const std::shared_ptr<AudioSource>& source, const AudioLink& link);

/// The error of a file that is no audio, naming what would do.
absl::Status no_audio(const std::string& path);
/// The error of a file that ends, or can not be decoded, after `position` frames.
absl::Status breaks_off(const std::string& path, std::int64_t position, const AudioFileInfo& info);

}  // namespace focus::core::audio
