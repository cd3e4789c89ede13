// SPDX-License-Identifier: MIT
// FLAC in fragmented MP4 (ISO 14496-12; "Encapsulation of FLAC in ISO Base Media File Format").
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "broadcast/broadcast.h"

namespace focus::core::broadcast {

/// What stands before the fragments: one stereo track of 16-bit FLAC. `flac_header` is that of a
/// FLAC stream. Time is counted in frames of the music.
std::string mp4_header_of_flac(std::string_view flac_header, int rate);

/// A fragment of whole FLAC frames, one behind the other, one a piece. `number` is its own, from 0
/// on.
std::string mp4_fragment(std::int64_t number, const Broadcast::Pieces& pieces);

}  // namespace focus::core::broadcast
