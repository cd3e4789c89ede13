// SPDX-License-Identifier: MIT
#include "audio/format.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <sndfile.h>
#include <span>

#include <absl/strings/ascii.h>
#include <absl/strings/str_cat.h>
#include <absl/strings/str_join.h>

#include "base/error.h"
#include "base/output_target.h"

namespace focus::core::audio {
namespace {

struct FormatRow {
  AudioFormat format;
  std::string_view name;
  std::string_view ending;
  std::string_view media_type;
};

// The first row with an ending is the one that the ending selects.
constexpr std::array<FormatRow, 8> kFormats = {{
    {AudioFormat::flac16, "flac", "flac", "audio/flac"},
    {AudioFormat::flac24, "flac24", "flac", "audio/flac"},
    {AudioFormat::wav, "wav", "wav", "audio/wav"},
    {AudioFormat::ogg, "ogg", "ogg", "audio/ogg"},
    {AudioFormat::opus, "opus", "opus", "audio/ogg; codecs=opus"},
    {AudioFormat::mp3, "mp3", "mp3", "audio/mpeg"},
    {AudioFormat::wav16, "wav16", "wav", "audio/wav"},
    {AudioFormat::wav24, "wav24", "wav", "audio/wav"},
}};

const FormatRow& row_of(AudioFormat format) {
  return *std::find_if(kFormats.begin(), kFormats.end(),
                       [&](const FormatRow& row) { return row.format == format; });
}

// The rates that the codecs define: RFC 6716 (Opus), ISO 11172-3, 13818-3 and MPEG-2.5 (MP3).
constexpr int kOpusRates[] = {8000, 12000, 16000, 24000, 48000};
constexpr int kMp3Rates[] = {8000, 11025, 12000, 16000, 22050, 24000, 32000, 44100, 48000};
/// A FLAC frame header can hold higher rates only as multiples of 10 Hz.
constexpr int kHighestOddFlacRate = 65535;

// Distributions may build libsndfile without LAME; then MPEG is missing from its list of formats.
bool can_write_mp3() {
  int count = 0;
  sf_command(nullptr, SFC_GET_FORMAT_MAJOR_COUNT, &count, sizeof count);
  for (int i = 0; i < count; ++i) {
    SF_FORMAT_INFO info = {};
    info.format = i;
    sf_command(nullptr, SFC_GET_FORMAT_MAJOR, &info, sizeof info);
    if (info.format == SF_FORMAT_MPEG) return true;
  }
  return false;
}

absl::Status no_mp3(const std::string& field) {
  return invalid_field(field,
                       "MP3 can not be written: the installed libsndfile was built without it; use "
                       "ogg, opus, flac or wav");
}

absl::Status check_rate_in(std::span<const int> rates, std::string_view name, int sample_rate) {
  if (std::find(rates.begin(), rates.end(), sample_rate) != rates.end()) return absl::OkStatus();
  return invalid_field("sample_rate",
                       absl::StrCat(std::string(name), " files have one of ",
                                    absl::StrJoin(rates, ", "), " Hz, not ", sample_rate));
}

}  // namespace

std::string_view ending_of(AudioFormat format) { return row_of(format).ending; }
std::string_view media_type_of(AudioFormat format) { return row_of(format).media_type; }
std::string_view name_of(AudioFormat format) { return row_of(format).name; }

std::optional<AudioFormat> format_named(std::string_view name) {
  for (const FormatRow& row : kFormats) {
    const bool in_contract = row.format != AudioFormat::wav16 && row.format != AudioFormat::wav24;
    if (row.name == name && in_contract) return row.format;
  }
  return std::nullopt;
}

absl::StatusOr<AudioFormat> format_for_path(const std::string& path, const std::string& field) {
  std::string ending = std::filesystem::path(path).extension().string();
  absl::AsciiStrToLower(&ending);
  for (const FormatRow& row : kFormats) {
    if (ending.empty() || std::string_view(ending).substr(1) != row.ending) continue;
    if (row.format == AudioFormat::mp3 && !can_write_mp3()) return no_mp3(field);
    return row.format;
  }
  return invalid_field(field,
                       absl::StrCat("\"", path, "\" must end in .wav, .flac, .ogg, .opus or .mp3"));
}

absl::StatusOr<AudioFormat> user_format(const std::string& path, const std::string& path_field,
                                        int bits, std::string_view ending) {
  auto format = format_for_path(path, path_field);
  if (!ending.empty()) {
    const auto named = format_for_path(absl::StrCat("x.", std::string(ending)), "format");
    if (!named.ok() && ending != "mp3") {
      return invalid_field(
          "format", absl::StrCat("must be wav, flac, ogg, opus or mp3, not ", std::string(ending)));
    }
    FOCUS_RETURN_IF_ERROR(named.status());
    if (format.ok() && *format != *named) {
      return invalid_field("format", absl::StrCat("is ", std::string(ending), ", but \"", path,
                                                  "\" has the ending of another; leave one of the "
                                                  "two out"));
    }
    format = named;
  }
  if (!format.ok()) {
    if (find_output_target(path).kind != OutputTarget::Kind::stream) return format.status();
    format = AudioFormat::wav;
  }
  if (*format == AudioFormat::flac16) {
    if (bits == 0 || bits == 24) return AudioFormat::flac24;
    if (bits == 16) return AudioFormat::flac16;
    return invalid_field("bits", absl::StrCat("FLAC files have 16 or 24 bits, not ", bits));
  }
  if (*format == AudioFormat::wav) {
    if (bits == 0 || bits == 32) return AudioFormat::wav;
    if (bits == 16) return AudioFormat::wav16;
    if (bits == 24) return AudioFormat::wav24;
    return invalid_field("bits",
                         absl::StrCat("WAV files have 16, 24 or 32 (float) bits, not ", bits));
  }
  if (bits == 0) return *format;
  return invalid_field("bits", absl::StrCat(std::string(name_of(*format)),
                                            " files have no bits per sample; use wav or flac"));
}

absl::Status check_format_rate(AudioFormat format, int sample_rate) {
  if (format == AudioFormat::opus) return check_rate_in(kOpusRates, "Opus", sample_rate);
  if (format == AudioFormat::mp3) {
    if (!can_write_mp3()) return no_mp3("format");
    return check_rate_in(kMp3Rates, "MP3", sample_rate);
  }
  const bool flac = format == AudioFormat::flac16 || format == AudioFormat::flac24;
  if (flac && sample_rate > kHighestOddFlacRate && sample_rate % 10 != 0) {
    return invalid_field("sample_rate", absl::StrCat("FLAC takes rates over ", kHighestOddFlacRate,
                                                     " Hz in whole tens only, not ", sample_rate));
  }
  if (sample_rate >= kLowestRate && sample_rate <= kHighestRate) return absl::OkStatus();
  return invalid_field("sample_rate", absl::StrCat("must be ", kLowestRate, " to ", kHighestRate,
                                                   " Hz, not ", sample_rate));
}

}  // namespace focus::core::audio
