// SPDX-License-Identifier: MIT
// What the files of a session's continuous streams are called, behind the session's own path.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "broadcast/stream_format.h"

namespace focus::core::rest {

/// "stream.mp3".
std::string stream_name(broadcast::StreamFormat format);

/// Of HLS: "hls/index.m3u8" is MP3, "hls/flac.m3u8" is FLAC.
std::string playlist_name(broadcast::StreamFormat format);
/// "hls/7.mp3", "hls/7.m4s".
std::string part_name(broadcast::StreamFormat format, std::int64_t number);
/// What stands before the first part of FLAC.
inline constexpr std::string_view kMapName = "hls/flac.mp4";

/// The format that a name stands for; nothing where it is no such name.
std::optional<broadcast::StreamFormat> format_of_stream(std::string_view name);
std::optional<broadcast::StreamFormat> format_of_playlist(std::string_view name);
std::optional<broadcast::StreamFormat> format_of_part(std::string_view name);

/// Whether a path of the service is that of a stream, a playlist or a part.
bool is_stream_path(std::string_view path);

}  // namespace focus::core::rest
