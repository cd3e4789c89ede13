// SPDX-License-Identifier: MIT
// HTTP Live Streaming (RFC 8216) of a broadcast: MP3 as packed audio, or FLAC in fragmented MP4.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "broadcast/broadcast.h"

namespace focus::core::broadcast {

/// Where the parts of a playlist are to be had.
struct PartUrls {
  /// Of part `number`, which counts from the session's beginning.
  std::function<std::string(std::int64_t number)> part;
  std::string map;  ///< of hls_map(); "" for MP3
};

/// Whether there is enough for a player to begin with, or there will never be more.
bool hls_can_begin(const Broadcast& broadcast);

/// The media playlist as it is now: the parts of the last half minute or so that are complete.
std::string hls_playlist(const Broadcast& broadcast, const PartUrls& urls);

/// Part `number`, or nothing where it is not kept any more or not complete yet.
std::optional<std::string> hls_part(const Broadcast& broadcast, std::int64_t number);

/// What stands before the first part of FLAC.
std::string hls_map(const Broadcast& broadcast);

}  // namespace focus::core::broadcast
