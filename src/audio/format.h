// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include <absl/status/statusor.h>

namespace focus::core {

/// The sample rates the library works with, in Hz.
inline constexpr int kLowestRate = 8000;
inline constexpr int kHighestRate = 192000;

/// How samples are kept in a file. `flac16` is dithered (TPDF); `wav` is 32-bit float.
enum class AudioFormat { flac16, flac24, wav, ogg, opus, mp3 };

/// The file ending without its dot: "flac", "wav", "ogg", "opus", "mp3".
std::string_view ending_of(AudioFormat format);
/// The media type for HTTP, e.g. "audio/flac".
std::string_view media_type_of(AudioFormat format);
/// The name the wire contract uses: "flac", "flac24", "wav", "ogg", "opus", "mp3".
std::string_view name_of(AudioFormat format);
std::optional<AudioFormat> format_named(std::string_view name);

/// The format a path's ending asks for; the error, naming `field`, lists the endings there are.
absl::StatusOr<AudioFormat> format_for_path(const std::string& path, const std::string& field);

/// Whether `format` can hold `sample_rate` (Opus knows five rates, MP3 nine); the error names
/// "sample_rate" and the rates there are.
absl::Status check_format_rate(AudioFormat format, int sample_rate);

}  // namespace focus::core
