// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include "audio/file_tags.h"

namespace focus::core::audio {

/// The tags as an ID3v2.4 tag in UTF-8, chapters included.
std::string id3_tag(const FileTags& tags);

}  // namespace focus::core::audio
