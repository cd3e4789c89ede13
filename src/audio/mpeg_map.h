// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "audio/source.h"

namespace focus::core::audio {

/// The header of one frame of MPEG audio (ISO 11172-3 and 13818-3, layers 1 to 3, and MPEG-2.5).
struct MpegHeader {
  int version = 0;  ///< 1, 2; 3 for MPEG-2.5
  int layer = 0;
  int sample_rate = 0;
  int channel_count = 0;
  std::int64_t bytes = 0;  ///< of the whole frame
  int samples = 0;         ///< of each channel

  bool same_stream(const MpegHeader& other) const {
    return version == other.version && layer == other.layer && sample_rate == other.sample_rate;
  }
};

/// Nothing for bytes that are no header, and for a frame in free format, which tells no size.
std::optional<MpegHeader> parse_mpeg_header(const unsigned char* four_bytes);

/// What an encoder has written at once: a file, or one of several that were put one behind the
/// other.
struct MpegPart {
  MpegHeader header;                 ///< of its first frame
  std::vector<SourceWindow> ranges;  ///< where its frames lie; between them is something else
  std::int64_t frame_count = 0;
  std::int64_t skip = 0;    ///< samples at its beginning that the encoder has added
  std::int64_t length = 0;  ///< samples to be heard, without those and without the padding
};

/// Where the audio of an MPEG file is, and how much of it there is: frames are counted, and what
/// the index at the beginning says of their number is not believed.
struct MpegMap {
  std::vector<MpegPart> parts;

  std::int64_t length() const;
  /// 2 where any part has two.
  int channel_count() const;
};

MpegMap find_mpeg_frames(ByteScanner& scanner);

}  // namespace focus::core::audio
