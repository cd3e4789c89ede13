// SPDX-License-Identifier: MIT
#include "audio/file_tags.h"

#include <algorithm>
#include <cmath>

#include <absl/strings/str_cat.h>

#include "base/error.h"
#include "base/text.h"

namespace focus::core::audio {
namespace {

constexpr double kReplayGainLufs = -18.0;
constexpr double kR128Lufs = -23.0;

/// The gain to `target`; none for what is silent.
double gain_to(double target, const FileTags::Loudness& loudness) {
  return std::isfinite(loudness.integrated_lufs) ? target - loudness.integrated_lufs : 0.0;
}

bool is_name_character(char c) { return c >= 0x20 && c <= 0x7D && c != '='; }

bool is_value_character(char c) {
  const auto code = static_cast<unsigned char>(c);
  return code >= 0x20 ? code != 0x7F : c == '\n' || c == '\t';
}

}  // namespace

std::string_view FileTags::value_of(std::string_view name) const {
  const auto found = std::find_if(fields.begin(), fields.end(),
                                  [name](const Field& field) { return field.name == name; });
  return found == fields.end() ? std::string_view() : std::string_view(found->value);
}

void add_maker(FileTags& tags) {
  tags.add("ARTIST", "Focus Session");
  tags.add("ENCODER", "Focus Session " FOCUS_RELEASE);
}

absl::Status validate(const FileTags& tags) {
  std::size_t bytes = 0;
  for (const FileTags::Field& field : tags.fields) {
    if (field.name.empty() || field.name.size() > 64 ||
        !std::all_of(field.name.begin(), field.name.end(), is_name_character)) {
      return invalid_field("name", "must be 1 to 64 printable ASCII characters without \"=\"");
    }
    if (!is_utf8(field.value) ||
        !std::all_of(field.value.begin(), field.value.end(), is_value_character)) {
      return invalid_field("value", absl::StrCat("of ", field.name,
                                                 " must be UTF-8 without control "
                                                 "characters"));
    }
    bytes += field.name.size() + field.value.size() + 8;
  }
  for (const FileTags::Chapter& chapter : tags.chapters) {
    if (!is_utf8(chapter.title) ||
        !std::all_of(chapter.title.begin(), chapter.title.end(), is_value_character)) {
      return invalid_field("title", "must be UTF-8 without control characters");
    }
    bytes += chapter.title.size() + 64;
  }
  if (bytes <= kMostTagBytes) return absl::OkStatus();
  return invalid_field("value", absl::StrCat("is too long: the tags of a file may have ",
                                             kMostTagBytes, " bytes together, not ", bytes));
}

std::string replay_gain(const FileTags::Loudness& loudness) {
  const double gain = std::clamp(gain_to(kReplayGainLufs, loudness), -99.99, 99.99);
  const auto hundredths = std::llround(100.0 * gain);
  const auto size = std::abs(hundredths);
  return absl::StrCat(hundredths < 0 ? "-" : "+", absl::Dec(size / 100, absl::kZeroPad2), ".",
                      absl::Dec(size % 100, absl::kZeroPad2), " dB");
}

std::string replay_peak(const FileTags::Loudness& loudness) {
  const double peak = std::isfinite(loudness.peak) ? std::clamp(loudness.peak, 0.0, 9.999999) : 0.0;
  const auto millionths = std::llround(1e6 * peak);
  return absl::StrCat(millionths / 1'000'000, ".",
                      absl::Dec(millionths % 1'000'000, absl::kZeroPad6));
}

std::string r128_gain(const FileTags::Loudness& loudness) {
  const double steps = 256.0 * gain_to(kR128Lufs, loudness);
  return absl::StrCat(std::llround(std::clamp(steps, -32768.0, 32767.0)));
}

}  // namespace focus::core::audio
