// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <memory>

#include "audio/tagged_output.h"
#include "audio/vorbis_comment.h"

namespace focus::core::audio {

/// Puts tags into Ogg Vorbis (`GainFields::replay_gain`) or Opus (`GainFields::r128`). See
/// tagged().
std::unique_ptr<TaggedOutput> ogg_output(std::unique_ptr<EncoderOutput> target,
                                         GainFields gain_fields, FileTags tags, std::uint64_t seed);

}  // namespace focus::core::audio
