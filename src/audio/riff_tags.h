// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include "audio/file_tags.h"

namespace focus::core::audio {

class EncoderOutput;

/// The LIST-INFO chunk of a WAV file, or "" where there is nothing to tell in it.
std::string info_chunk(const FileTags& tags);

/// Puts the tags behind the audio of a complete WAV or RF64 file: LIST-INFO, the cue points of
/// chapters with their labels, and an ID3v2 tag without these. A WAV file that has no room left for
/// them stays as it is.
void append_riff_tags(EncoderOutput& file, const FileTags& tags);

}  // namespace focus::core::audio
