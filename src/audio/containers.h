// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include <absl/status/statusor.h>

#include "audio/source.h"

namespace focus::core::audio {

/// Samples without a header.
struct RawFormat {
  int encoding = 0;  ///< of libsndfile: SF_FORMAT_RAW, subtype and byte order
  int channel_count = 0;
  int sample_rate = 0;
};

/// A stretch of a file that one decoder reads. Most files are one link; files that were put one
/// behind the other are several.
struct AudioLink {
  enum class Codec { flac, mpeg, other };

  Codec codec = Codec::other;
  SourceWindow window;
  /// Where the header tells a wrong length: how to read the window's samples without it.
  std::optional<RawFormat> raw;
};

/// Whether `head`, the first bytes of a file, looks like audio that can be read.
bool begins_as_audio(std::string_view head);

/// Finds what a file consists of, without tags. The lengths in the headers of WAV, RF64, AIFF, CAF
/// and AU files are compared with what is there: a program that writes to a pipe can not fill them
/// in. There is one link at least; whether it is audio is found out by decoding it.
absl::StatusOr<std::vector<AudioLink>> find_links(AudioSource& source);

}  // namespace focus::core::audio
