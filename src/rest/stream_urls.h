// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <absl/status/statusor.h>

#include "broadcast/stream_format.h"
#include "rest/context.h"

namespace focus::core::rest {

/// Signs the URLs of a session's continuous streams. They outlive those of segments: a player opens
/// one when it begins or reconnects, and asks for a playlist again and again, until the session
/// ends. They work for its whole length and an hour more.
class StreamUrls {
 public:
  static absl::StatusOr<StreamUrls> mint(RestContext& context, const std::string& base_url,
                                         const session::Session& session);

  std::string of_stream(broadcast::StreamFormat format) const;
  /// Of HLS in that format.
  std::string of_playlist(broadcast::StreamFormat format) const;
  std::string of_part(broadcast::StreamFormat format, std::int64_t number) const;
  /// Of what stands before the first part of FLAC.
  std::string of_map() const;

 private:
  StreamUrls(std::string base_url, std::string path, UrlSigner::Pen pen)
      : base_url_(std::move(base_url)), path_(std::move(path)), pen_(std::move(pen)) {}
  std::string signed_url(const std::string& name) const;

  std::string base_url_;
  std::string path_;  // of the session's audio, with a slash at its end
  UrlSigner::Pen pen_;
};

/// All of a session's by the names that they have in its JSON object.
absl::StatusOr<std::vector<std::pair<std::string, std::string>>> stream_links(
    RestContext& context, const HttpRequest& request, const session::Session& session);

/// How the files of HLS are called, behind ".../hls/".
inline constexpr std::string_view kHlsPlaylist = "index.m3u8";
inline constexpr std::string_view kHlsFlacPlaylist = "flac.m3u8";
inline constexpr std::string_view kHlsFlacMap = "flac.mp4";
inline constexpr std::string_view kHlsPartEnding = ".mp3";
inline constexpr std::string_view kHlsFlacPartEnding = ".m4s";

}  // namespace focus::core::rest
