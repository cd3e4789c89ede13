// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace focus::core::broadcast {

/// What a continuous stream is encoded as.
enum class StreamFormat {
  mp3,   ///< 192 kbit/s, constant, every frame by itself (no bit reservoir)
  opus,  ///< 128 kbit/s in Ogg
  flac,  ///< 16 bit
  wav    ///< 16 bit
};

/// The ending of a URL: "mp3".
std::string_view ending_of(StreamFormat format);
std::optional<StreamFormat> format_of_ending(std::string_view ending);
std::string_view content_type_of(StreamFormat format);
/// In kbit/s, for players that ask; FLAC's is about that of this music.
int kilobits_of(StreamFormat format);

/// The rate at which a session of `session_rate` is streamed, in Hz: 44.1 kHz stays, Opus knows
/// 48 kHz alone, and 48 kHz is what every player and every format here can do.
int stream_rate(StreamFormat format, int session_rate);

/// How many frames of the music make one frame of MP3 (MPEG-1 layer III), and of FLAC as it is
/// encoded here: a twelfth of a second.
inline constexpr std::int64_t kMp3Frames = 1152;
constexpr std::int64_t flac_frames(int rate) { return rate / 12; }

/// How many frames of the music make a part of HLS: about three seconds, in whole frames of the
/// format.
std::int64_t part_frames(StreamFormat format, int rate);

}  // namespace focus::core::broadcast
