// SPDX-License-Identifier: MIT
#include "engines/library/track_tags.h"

#include <charconv>
#include <cmath>
#include <exception>
#include <taglib/fileref.h>
#include <taglib/tfilestream.h>
#include <taglib/tpropertymap.h>

#include "base/text.h"

namespace focus::core::engines {
namespace {

constexpr std::size_t kMostTagText = 400;
constexpr double kReplayGainLufs = -18.0;
constexpr double kR128Lufs = -23.0;

std::string first_of(const TagLib::PropertyMap& tags, const char* name) {
  const auto found = tags.find(name);
  if (found == tags.end() || found->second.isEmpty()) return {};
  std::string text = one_line(found->second.front().to8Bit(true), kMostTagText);
  return is_blank(text) ? std::string() : text;
}

/// The number at the beginning of a text, such as "-3.20 dB".
std::optional<double> number_in(std::string text) {
  const std::size_t first = text.find_first_not_of(" +");
  if (first == std::string::npos) return std::nullopt;
  text.erase(0, first);
  double value = 0.0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), value);
  if (read.ec != std::errc() || !std::isfinite(value) || std::abs(value) > 1e5) return std::nullopt;
  return value;
}

}  // namespace

TrackTags read_tags(const std::string& path) {
  TrackTags found;
  try {
    TagLib::FileStream stream(path.c_str(), true);
    if (!stream.isOpen()) return found;
    const TagLib::FileRef file(&stream, false);
    if (file.isNull() || file.file() == nullptr) return found;
    const TagLib::PropertyMap tags = file.file()->properties();
    found.title = first_of(tags, "TITLE");
    found.artist = first_of(tags, "ARTIST");
    if (found.artist.empty()) found.artist = first_of(tags, "ALBUMARTIST");
    found.album = first_of(tags, "ALBUM");
    found.genre = first_of(tags, "GENRE");
    if (const auto gain = number_in(first_of(tags, "REPLAYGAIN_TRACK_GAIN"))) {
      found.told_lufs = kReplayGainLufs - *gain;
    } else if (const auto q8 = number_in(first_of(tags, "R128_TRACK_GAIN"))) {
      found.told_lufs = kR128Lufs - *q8 / 256.0;
    }
  } catch (const std::bad_alloc&) {
    throw;
  } catch (const std::exception&) {  // a tag that no reader understands
  }
  return found;
}

}  // namespace focus::core::engines
