// SPDX-License-Identifier: MIT
#include "broadcast/stream_format.h"

#include <array>

namespace focus::core::broadcast {
namespace {

struct Row {
  StreamFormat format;
  std::string_view ending;
  std::string_view content_type;
  int kilobits;
};
constexpr std::array<Row, 4> kRows = {{
    {StreamFormat::mp3, "mp3", "audio/mpeg", 192},
    {StreamFormat::opus, "opus", "audio/ogg; codecs=opus", 128},
    {StreamFormat::flac, "flac", "audio/flac", 700},
    {StreamFormat::wav, "wav", "audio/wav", 1536},
}};

const Row& row_of(StreamFormat format) { return kRows[static_cast<std::size_t>(format)]; }

}  // namespace

std::string_view ending_of(StreamFormat format) { return row_of(format).ending; }

std::optional<StreamFormat> format_of_ending(std::string_view ending) {
  for (const Row& row : kRows) {
    if (row.ending == ending) return row.format;
  }
  return std::nullopt;
}

std::string_view content_type_of(StreamFormat format) { return row_of(format).content_type; }

int kilobits_of(StreamFormat format) { return row_of(format).kilobits; }

int stream_rate(StreamFormat format, int session_rate) {
  constexpr int kCompactDisc = 44'100;
  return session_rate == kCompactDisc && format != StreamFormat::opus ? kCompactDisc : 48'000;
}

std::int64_t part_frames(StreamFormat format, int rate) {
  constexpr std::int64_t kSeconds = 3;
  if (format == StreamFormat::mp3) return kSeconds * rate / kMp3Frames * kMp3Frames;
  return kSeconds * rate;
}

}  // namespace focus::core::broadcast
