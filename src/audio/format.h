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

/// The format of an audio file. 16-bit formats are dithered (TPDF); `wav` is 32-bit float. Segments
/// are not kept as `wav16` or `wav24`: these two are for files of the user's.
enum class AudioFormat { flac16, flac24, wav, ogg, opus, mp3, wav16, wav24 };

/// The file ending without its dot: "flac", "wav", "ogg", "opus", "mp3".
std::string_view ending_of(AudioFormat format);
/// The media type for HTTP, e.g. "audio/flac".
std::string_view media_type_of(AudioFormat format);
/// The name the wire contract uses: "flac", "flac24", "wav", "ogg", "opus", "mp3"; and "wav16" and
/// "wav24", which it does not know.
std::string_view name_of(AudioFormat format);
/// The format of the wire contract with this name.
std::optional<AudioFormat> format_named(std::string_view name);

/// Returns the format for the ending of `path`. The error names `field` and lists the supported
/// endings.
absl::StatusOr<AudioFormat> format_for_path(const std::string& path, const std::string& field);

/// The same for a file that a user wants, with `bits` per sample: 16 or 24 for FLAC, 16, 24 or 32
/// (float) for WAV; 0 for the most that is usual, 24 and 32. A pipe or device whose name has no
/// known ending gets WAV. `ending` ("mp3") says what the path does not; "" leaves it to the path.
/// The error names `path_field`, "bits" or "format".
absl::StatusOr<AudioFormat> user_format(const std::string& path, const std::string& path_field,
                                        int bits, std::string_view ending = {});

inline bool is_wav(AudioFormat format) {
  return format == AudioFormat::wav || format == AudioFormat::wav16 || format == AudioFormat::wav24;
}

/// Checks that `format` supports `sample_rate` (Opus has five rates, MP3 nine). The error names the
/// field "sample_rate" and lists the supported rates.
absl::Status check_format_rate(AudioFormat format, int sample_rate);

}  // namespace focus::core::audio
