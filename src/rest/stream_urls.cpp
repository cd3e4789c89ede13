// SPDX-License-Identifier: MIT
#include "rest/stream_urls.h"

#include <algorithm>
#include <utility>

#include <absl/strings/str_cat.h>

#include "base/error.h"

namespace focus::core::rest {

using broadcast::StreamFormat;

absl::StatusOr<StreamUrls> StreamUrls::mint(RestContext& context, const std::string& base_url,
                                            const session::Session& session) {
  constexpr int kMore = 3600;
  const HttpOptions options = context.options();
  const int length = static_cast<int>(session.plan()->played_seconds());
  const int life = std::max(options.url_life_seconds, length + kMore);
  FOCUS_ASSIGN_OR_RETURN(UrlSigner::Pen pen,
                         context.signer().pen(life, options.url_key_life_seconds));
  return StreamUrls(base_url, absl::StrCat("/v1/audio/sessions/", session.id(), "/"),
                    std::move(pen));
}

std::string StreamUrls::of_stream(StreamFormat format) const {
  return signed_url(absl::StrCat("stream.", std::string(ending_of(format))));
}

std::string StreamUrls::of_playlist(StreamFormat format) const {
  const bool is_flac = format == StreamFormat::flac;
  return signed_url(absl::StrCat("hls/", std::string(is_flac ? kHlsFlacPlaylist : kHlsPlaylist)));
}

std::string StreamUrls::of_part(StreamFormat format, std::int64_t number) const {
  const bool is_flac = format == StreamFormat::flac;
  return signed_url(
      absl::StrCat("hls/", number, std::string(is_flac ? kHlsFlacPartEnding : kHlsPartEnding)));
}

std::string StreamUrls::of_map() const {
  return signed_url(absl::StrCat("hls/", std::string(kHlsFlacMap)));
}

absl::StatusOr<std::vector<std::pair<std::string, std::string>>> stream_links(
    RestContext& context, const HttpRequest& request, const session::Session& session) {
  FOCUS_ASSIGN_OR_RETURN(
      const StreamUrls urls,
      StreamUrls::mint(context, base_url_for(context.options(), request), session));
  return std::vector<std::pair<std::string, std::string>>{
      {"stream_url", urls.of_stream(StreamFormat::mp3)},
      {"stream_opus_url", urls.of_stream(StreamFormat::opus)},
      {"stream_flac_url", urls.of_stream(StreamFormat::flac)},
      {"stream_wav_url", urls.of_stream(StreamFormat::wav)},
      {"hls_url", urls.of_playlist(StreamFormat::mp3)},
      {"hls_flac_url", urls.of_playlist(StreamFormat::flac)}};
}

std::string StreamUrls::signed_url(const std::string& name) const {
  const std::string path = path_ + name;
  return absl::StrCat(base_url_, path, pen_.query_for(path));
}

}  // namespace focus::core::rest
