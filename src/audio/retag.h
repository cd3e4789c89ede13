// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include <absl/status/statusor.h>

#include "audio/file_tags.h"
#include "audio/format.h"

namespace focus::core::audio {

/// A whole file of AudioFileWriter with other tags: the bytes that it would have if it had been
/// written with `tags` and `dither_seed`. The audio is copied, not encoded again, so nothing is
/// lost of Ogg Vorbis and Opus. `tags` must be valid and not empty. Fault::bad_data where the file
/// is not as the writer makes it.
absl::StatusOr<std::string> with_tags(std::string_view file, AudioFormat format,
                                      const FileTags& tags, std::uint64_t dither_seed);

}  // namespace focus::core::audio
