// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include <absl/status/statusor.h>

namespace focus::core::audio {

/// The sample rates the library works with, in Hz.
inline constexpr int kLowestRate = 8000;
inline constexpr int kHighestRate = 192000;

/// The format of an audio file. `flac16` is dithered (TPDF); `wav` is 32-bit float.
enum class AudioFormat { flac16, flac24, wav, ogg, opus, mp3 };

/// The file ending without its dot: "flac", "wav", "ogg", "opus", "mp3".
std::string_view ending_of(AudioFormat format);
/// The media type for HTTP, e.g. "audio/flac".
std::string_view media_type_of(AudioFormat format);
/// The name the wire contract uses: "flac", "flac24", "wav", "ogg", "opus", "mp3".
std::string_view name_of(AudioFormat format);
std::optional<AudioFormat> format_named(std::string_view name);

/// Returns the format for the ending of `path`. The error names `field` and lists the supported
/// endings.
absl::StatusOr<AudioFormat> format_for_path(const std::string& path, const std::string& field);

/// Checks that `format` supports `sample_rate` (Opus has five rates, MP3 nine). The error names the
/// field "sample_rate" and lists the supported rates.
absl::Status check_format_rate(AudioFormat format, int sample_rate);

}  // namespace focus::core::audio
