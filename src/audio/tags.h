// SPDX-License-Identifier: MIT
#pragma once

#include "audio/source.h"

namespace focus::core::audio {

/// The end of the ID3v2 tag that begins at `position`, or `position` where none does. A tag that
/// claims to reach beyond the window counts as its ten-byte header alone.
std::int64_t end_of_id3v2(ByteScanner& scanner, std::int64_t position);

/// The window without tags and zero bytes before the audio, and without ID3v1, ID3v2, APE and
/// Lyrics3 tags behind it.
SourceWindow without_tags(ByteScanner& scanner);

/// Whether a tag begins at `position` that programs put behind audio.
bool is_trailing_tag(ByteScanner& scanner, std::int64_t position);

}  // namespace focus::core::audio
