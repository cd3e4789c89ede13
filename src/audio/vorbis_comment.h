// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "audio/file_tags.h"

namespace focus::core::audio {

/// How a codec has its loudness in Vorbis comments: Opus has a field of its own, and forbids the
/// others.
enum class GainFields { replay_gain, r128 };

/// The body of a Vorbis comment, without the framing of a codec: vendor and list.
std::string vorbis_comment(std::string_view vendor, const FileTags& tags, GainFields gain_fields);

/// The vendor that such a body begins with, or "" where it is cut off.
std::string_view vendor_of(std::string_view body);

/// "01:02:03.456".
std::string chapter_time(std::int64_t frame, int sample_rate);

}  // namespace focus::core::audio
