// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <absl/status/status.h>

namespace focus::core::audio {

/// What a file says of itself beside its audio. Each format has it in its own way: FLAC, Ogg Vorbis
/// and Opus as Vorbis comments, MP3 as an ID3v2 tag, WAV as a LIST-INFO chunk with an ID3v2 tag and
/// cue points behind the audio.
struct FileTags {
  /// A field has the name that Vorbis comments have for it ("TITLE"); others are written under the
  /// name they are given.
  struct Field {
    std::string name;
    std::string value;  ///< UTF-8
  };
  /// A part of the file with a title, up to the next one.
  struct Chapter {
    std::int64_t start_frame = 0;
    std::string title;
  };
  /// For players that level what they play. `peak` is linear, 1 being full scale.
  struct Loudness {
    double integrated_lufs = 0.0;
    double peak = 0.0;
  };

  std::vector<Field> fields;
  std::vector<Chapter> chapters;  ///< in the order of their starts
  std::int64_t frames = 0;        ///< of the file: where the last chapter ends
  int sample_rate = 0;            ///< of the chapters
  /// Absent: there is nothing to level by. Where it is known only when the file is complete, a
  /// value has to be here from the start, to be replaced by AudioFileWriter::settle_tags.
  std::optional<Loudness> loudness;

  bool empty() const { return fields.empty() && chapters.empty() && !loudness; }
  void add(std::string_view name, std::string_view value) {
    if (!value.empty()) fields.push_back({std::string(name), std::string(value)});
  }
  /// The value of the first field of this name, or "".
  std::string_view value_of(std::string_view name) const;
};

/// Adds which program has written a file.
void add_maker(FileTags& tags);

/// All tags of a file together take no more, so that they fit what every format has room for.
inline constexpr std::size_t kMostTagBytes = 48'000;

/// Refuses names that Vorbis comments do not allow, values that are not UTF-8 or hold control
/// characters other than line breaks and tabs, and more than kMostTagBytes. The error names the
/// field "name" or "value".
absl::Status validate(const FileTags& tags);

/// What levels a track to -18 LUFS (ReplayGain 2.0), e.g. "-03.20 dB". Always nine characters, so
/// that it can be put in later.
std::string replay_gain(const FileTags::Loudness& loudness);
/// The peak, e.g. "0.891251", always eight characters.
std::string replay_peak(const FileTags::Loudness& loudness);
/// What levels a track to -23 LUFS, in 1/256 dB (RFC 7845, section 5.2.1).
std::string r128_gain(const FileTags::Loudness& loudness);

}  // namespace focus::core::audio
