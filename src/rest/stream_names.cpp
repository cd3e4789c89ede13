// SPDX-License-Identifier: MIT
#include "rest/stream_names.h"

#include <absl/strings/str_cat.h>

namespace focus::core::rest {
namespace {

using broadcast::StreamFormat;

constexpr std::string_view kStream = "stream.";
constexpr std::string_view kHls = "hls/";

bool is_flac(StreamFormat format) { return format == StreamFormat::flac; }

}  // namespace

std::string stream_name(StreamFormat format) {
  return absl::StrCat(std::string(kStream), std::string(ending_of(format)));
}

std::string playlist_name(StreamFormat format) {
  return is_flac(format) ? "hls/flac.m3u8" : "hls/index.m3u8";
}

std::string part_name(StreamFormat format, std::int64_t number) {
  return absl::StrCat(std::string(kHls), number, is_flac(format) ? ".m4s" : ".mp3");
}

std::optional<StreamFormat> format_of_stream(std::string_view name) {
  if (!name.starts_with(kStream)) return std::nullopt;
  return broadcast::format_of_ending(name.substr(kStream.size()));
}

std::optional<StreamFormat> format_of_playlist(std::string_view name) {
  for (const StreamFormat format : {StreamFormat::mp3, StreamFormat::flac}) {
    if (name == playlist_name(format)) return format;
  }
  return std::nullopt;
}

std::optional<StreamFormat> format_of_part(std::string_view name) {
  if (name.ends_with(".mp3")) return StreamFormat::mp3;
  if (name.ends_with(".m4s") || name == kMapName) return StreamFormat::flac;
  return std::nullopt;
}

bool is_stream_path(std::string_view path) {
  return path.find("/stream.") != path.npos || path.find("/hls/") != path.npos;
}

}  // namespace focus::core::rest
