// SPDX-License-Identifier: MIT
#pragma once

#include <optional>

#include "audio/containers.h"

namespace focus::core::audio {

/// What the header of a WAV, RF64, AIFF, CAF or AU file says of the samples.
struct PcmContainer {
  std::optional<RawFormat> raw;  ///< empty where the samples are compressed
  bool mpeg = false;             ///< MP3 inside a WAV file
  std::int64_t data_begin = 0;
  std::int64_t claimed = 0;  ///< bytes of samples; -1: up to the end of the file
  int chunk_size_bytes = 4;  ///< width of the sizes of the chunks that follow; 0: none may follow
  bool big_endian = false;   ///< of those sizes
  bool padded = true;        ///< chunks begin at even places
};

/// Reads the header that begins at `begin`. Returns nothing for other files, and for headers that
/// are not understood here: libsndfile may know better.
std::optional<PcmContainer> read_pcm_container(ByteScanner& scanner, std::int64_t begin);

}  // namespace focus::core::audio
